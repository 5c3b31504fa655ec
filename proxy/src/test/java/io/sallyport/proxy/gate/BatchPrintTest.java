package io.sallyport.proxy.gate;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.functionCall;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReader;
import io.sallyport.proxy.batch.Batches;
import io.sallyport.proxy.batch.PreparedStatements;
import io.sallyport.proxy.it.wire.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alike only where the same is asked, with the same values. */
class BatchPrintTest {
    private static final int LOWRITE = 955;

    private static BatchPrint of(byte[]... messages) {
        Batch batch = Batches.of(messages);
        BatchReader reader = new BatchReader(new AnalysisCache(1 << 16), new PreparedStatements(10));
        return BatchPrint.of(batch, reader.read(batch, Batches.SETTLED));
    }

    @Test
    void names_and_a_begin_in_front_do_not_count() {
        BatchPrint plain = of(parse("", "DROP TABLE a"), bind("", ""), execute("", 0), sync());
        assertThat(of(parse("S_1", "DROP TABLE a"), bind("p", "S_1"), execute("p", 0), sync()))
                .isEqualTo(plain);
        assertThat(of(parse("", "BEGIN"), bind("", ""), parse("", "DROP TABLE a"), bind("", ""), sync()))
                .isEqualTo(plain);
        assertThat(of(query("DROP TABLE a"))).isEqualTo(plain);
    }

    @Test
    void texts_their_order_and_number_count() {
        assertThat(List.of(
                        of(query("DROP TABLE a")),
                        of(query("DROP TABLE  a")),
                        of(query("DROP TABLE A")),
                        of(query("DROP TABLE a; DROP TABLE b")),
                        of(parse("", "DROP TABLE a"), bind("", ""), parse("", "DROP TABLE b"), bind("", "")),
                        of(parse("", "DROP TABLE b"), bind("", ""), parse("", "DROP TABLE a"), bind("", "")),
                        of(parse("", "DROP TABLE a"), bind("", ""), bind("", ""))))
                .doesNotHaveDuplicates();
    }

    @Test
    void parameter_values_count_wherever_one_ends() {
        String delete = "DELETE FROM a WHERE b = $1 AND c = $2";
        assertThat(List.of(
                        of(parse("", delete), bind("", "", "1", "23")),
                        of(parse("", delete), bind("", "", "12", "3")),
                        of(parse("", delete), bind("", "", "1", "")),
                        of(parse("", delete), bind("", "", "", "1"))))
                .doesNotHaveDuplicates();
    }

    @Test
    void data_of_a_function_call_counts_though_no_text_shows_it() {
        byte[] one = "data that is longer than a number".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] other = "data that is larger than a number".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(of(functionCall(LOWRITE, List.of(new Parameter(true, one)))))
                .isNotEqualTo(of(functionCall(LOWRITE, List.of(new Parameter(true, other)))));
    }
}
