package io.sallyport.proxy.tls;

import java.io.IOException;
import java.nio.file.Path;

/** A certificate, key or map that cannot be used; the message names the setting, the file and what is wrong. */
public final class TlsProblem extends IOException {
    private static final long serialVersionUID = 1L;

    TlsProblem(String setting, Path path, String what) {
        super(setting + ": " + path + " " + what);
    }

    TlsProblem(String what) {
        super(what);
    }
}
