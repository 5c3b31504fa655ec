package io.sallyport.proxy.config;

/** What people are told when they connect, where an environment is named. */
public enum BannerStyle {
    /** A notice, in colour for psql. */
    ON,
    OFF,
    /** A notice without colour. */
    PLAIN
}
