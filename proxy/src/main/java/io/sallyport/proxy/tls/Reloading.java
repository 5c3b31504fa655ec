package io.sallyport.proxy.tls;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something made of files, and made anew when they hold something else; what cannot be used leaves the old. */
public final class Reloading<T> {
    private static final Logger log = LoggerFactory.getLogger(Reloading.class);

    /** Makes it of what the files hold. */
    interface Making<T> {
        T of(TlsFiles files) throws TlsProblem;
    }

    private final Map<String, Path> paths;
    private final Making<T> making;
    private volatile T current;
    private TlsFiles known;
    private @Nullable TlsFiles changing;
    private String complaint = "";

    private Reloading(Map<String, Path> paths, Making<T> making, TlsFiles files, T first) {
        this.paths = paths;
        this.making = making;
        this.known = files;
        this.current = first;
    }

    static <T> Reloading<T> start(Map<String, Path> paths, Making<T> making) throws TlsProblem {
        TlsFiles files = TlsFiles.read(paths);
        return new Reloading<>(paths, making, files, making.of(files));
    }

    public T current() {
        return current;
    }

    /** Looks at the files. @return null when nothing is new; else whether the new could be taken */
    @Nullable
    Boolean look() {
        try {
            TlsFiles now = TlsFiles.read(paths);
            // A certificate and its key are written one after the other: what is taken was seen twice.
            boolean settled = now.same(changing);
            changing = now.same(known) || settled ? null : now;
            if (now.same(known) ? complaint.isEmpty() : !settled) {
                return null;
            }
            known = now;
            current = making.of(now);
            complaint = "";
            log.info("TLS files were read anew: {}", now.all());
            return true;
        } catch (TlsProblem problem) {
            String what = String.valueOf(problem.getMessage());
            if (what.equals(complaint)) {
                return null;
            }
            complaint = what;
            log.error("TLS files are refused, and those before stay in use: {}", what);
            return false;
        }
    }
}
