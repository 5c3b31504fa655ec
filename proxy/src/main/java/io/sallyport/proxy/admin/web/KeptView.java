package io.sallyport.proxy.admin.web;

import io.sallyport.proxy.safety.KeptNet;
import java.util.List;
import java.util.Map;

/**
 * What a safety net left behind, as the API tells it.
 *
 * @param net as policies call it
 * @param what in one line
 * @param settings of the server, for a recovery
 */
record KeptView(String net, String at, String what, Map<String, String> settings) {
    static List<KeptView> of(List<KeptNet> kept) {
        return kept.stream()
                .map(net -> new KeptView(net.net().label(), net.at().toString(), net.told(), net.settings()))
                .toList();
    }
}
