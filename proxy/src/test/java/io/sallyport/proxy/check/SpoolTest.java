package io.sallyport.proxy.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class SpoolTest {
    @Test
    void what_goes_in_comes_out_once_in_memory_and_beyond_it() throws IOException {
        try (Spool spool = new Spool(10)) {
            for (String[] parts :
                    new String[][] {{"abc", "def"}, {"0123456789", "é", "x".repeat(100)}, {}, {"again"}}) {
                for (String part : parts) {
                    spool.write(part);
                }
                StringWriter out = new StringWriter();
                spool.drainTo(out);
                assertThat(out).hasToString(String.join("", parts));
            }
        }
    }
}
