package io.sallyport.proxy.config;

/** When the audit file is forced to the disk. */
public enum FsyncPolicy {
    /** When the system likes: lines survive a killed process, not a lost machine. */
    NONE,
    /** At least once in an interval. */
    INTERVAL,
    /** After every group of lines; what was approved runs only then. */
    EVERY
}
