package io.sallyport.proxy.webhook;

/**
 * What every message says beside its news.
 *
 * @param environment what stands behind the proxy; empty where nobody named it
 * @param page where approvers look; empty where nobody said
 */
record Surroundings(String environment, String page) {
    /** Where one hold is decided; empty without a page. */
    String link(String code) {
        return page.isEmpty() ? "" : page + "/#" + code;
    }
}
