package io.sallyport.proxy.demo;

import io.sallyport.proxy.config.SafetySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The role by which the demo's proxy makes its safety nets. */
final class ServiceRole {
    private static final String NAME = "sallyport_service";

    private ServiceRole() {}

    /** Its password lies in a file of {@code folder} that nobody else reads. */
    static SafetySettings settings(Path folder) throws IOException {
        Path password = folder.resolve("service.password");
        Files.deleteIfExists(password);
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, NAME);
        SafetySettings defaults = SafetySettings.DEFAULTS;
        return new SafetySettings(
                NAME,
                password,
                defaults.database(),
                SafetySettings.Source.JSON,
                DemoBackups.in(folder).document().toString(),
                "",
                "",
                null,
                defaults.timeout());
    }
}
