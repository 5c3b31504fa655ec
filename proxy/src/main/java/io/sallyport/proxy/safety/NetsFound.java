package io.sallyport.proxy.safety;

import java.util.List;

/**
 * The safety nets of a rule, before anybody is asked.
 *
 * @param lines what an approver should know of each net
 * @param quorum how many people have to approve because one is not there; 0 where none is missing
 */
public record NetsFound(List<String> lines, int quorum) {
    public NetsFound {
        lines = List.copyOf(lines);
    }
}
