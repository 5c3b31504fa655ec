package io.sallyport.proxy.tls;

/** The settings that name files. */
final class Names {
    static final String CERTIFICATE = "tls.certificate";
    static final String KEY = "tls.key";
    static final String CLIENT_CA = "tls.client_ca";
    static final String CLIENT_ROLES = "tls.client_roles";
    static final String UPSTREAM_CA = "upstream_tls.ca";
    static final String UPSTREAM_CERTIFICATE = "upstream_tls.certificate";
    static final String UPSTREAM_KEY = "upstream_tls.key";

    static final String ADMIN_CERTIFICATE = "admin_tls.certificate";
    static final String ADMIN_KEY = "admin_tls.key";

    private Names() {}
}
