package io.sallyport.proxy.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a file was begun. */
final class FirstLine {
    private static final int LONGEST = 1024;
    private static final Pattern AT = Pattern.compile("^\\{\"event\":\"[a-z_]*\",\"at\":\"([^\"]*)\"");

    private FirstLine() {}

    static Instant at(FileChannel file, Instant otherwise) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(LONGEST);
        int length = Math.max(0, file.read(start, 0));
        Matcher at = AT.matcher(new String(start.array(), 0, length, StandardCharsets.UTF_8));
        try {
            return at.find() ? Instant.parse(at.group(1)) : otherwise;
        } catch (DateTimeException e) {
            return otherwise;
        }
    }
}
