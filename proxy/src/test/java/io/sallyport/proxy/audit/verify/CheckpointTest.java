package io.sallyport.proxy.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.audit.chain.SigningKey;
import io.sallyport.proxy.audit.chain.VerifyingKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final SigningKey OTHER = SigningKey.generate();
    private static final List<VerifyingKey> KEYS = List.of(SampleLog.KEY.verifying());

    private final SampleLog log = SampleLog.of(1000);

    @Test
    void a_signature_of_the_key_proves() {
        Report report = verify(log, KEYS);
        assertThat(report.findings()).isEmpty();
        assertThat(report.proven()).isEqualTo(1);
    }

    @Test
    void a_signature_of_another_key_does_not() {
        expect(verify(log.checkpoint(OTHER), KEYS), Finding.Kind.BAD_SIGNATURE, 1001);
    }

    @Test
    void any_of_several_keys_proves() {
        Report report = verify(log.checkpoint(OTHER), List.of(SampleLog.KEY.verifying(), OTHER.verifying()));
        assertThat(report.findings()).isEmpty();
        assertThat(report.proven()).isEqualTo(2);
    }

    @Test
    void a_chain_made_anew_by_somebody_without_the_key_is_found() {
        SampleLog forged = new SampleLog();
        forged.add("{\"event\":\"audit_opened\",\"at\":\"2026-11-21T02:00:00Z\",\"reason\":\"new\"}")
                .checkpoint(OTHER);
        expect(verify(forged, KEYS), Finding.Kind.BAD_SIGNATURE, 2);
        SampleLog unsigned = new SampleLog();
        unsigned.add("{\"event\":\"audit_opened\",\"at\":\"2026-11-21T02:00:00Z\",\"reason\":\"new\"}")
                .unsignedCheckpoint();
        assertThat(verify(unsigned, KEYS).findings()).extracting(Finding::kind).containsExactly(Finding.Kind.UNPROVEN);
    }

    @Test
    void an_end_made_anew_without_signatures_is_found() {
        log.add("{\"event\":\"decided\",\"at\":\"2026-11-21T02:00:00Z\",\"forged\":true}");
        assertThat(verify(log, KEYS).uncovered()).isEqualTo(1);
        expect(verify(log.unsignedCheckpoint(), KEYS), Finding.Kind.BAD_SIGNATURE, 1002);
    }

    @Test
    void a_signature_taken_from_elsewhere_is_found() {
        String signature = SampleLog.KEY.sign("2026-11-21T02:00:00Z", 999, "0".repeat(64));
        log.add("{\"event\":\"checkpoint\",\"at\":\"2026-11-21T02:00:00Z\",\"count\":999,\"head\":\"" + "0".repeat(64)
                + "\",\"signature\":\"" + signature + "\"}");
        expect(verify(log, KEYS), Finding.Kind.BAD_SIGNATURE, 1001);
        SampleLog notBase64 = SampleLog.of(2);
        String head = SampleLog.link(notBase64.lines().get(1)).hash();
        notBase64.add("{\"event\":\"checkpoint\",\"at\":\"2026-11-21T02:00:00Z\",\"count\":2,\"head\":\"" + head
                + "\",\"signature\":\"…\"}");
        expect(verify(notBase64, KEYS), Finding.Kind.BAD_SIGNATURE, 3);
    }

    @Test
    void without_a_key_signatures_are_not_looked_at() {
        Report report = verify(log.checkpoint(OTHER).unsignedCheckpoint(), List.of());
        assertThat(report.findings()).isEmpty();
        assertThat(report.checkpoints()).isEqualTo(3);
        assertThat(report.signed()).isEqualTo(2);
        assertThat(report.proven()).isZero();
        assertThat(report.uncovered()).isZero();
    }

    private static Report verify(SampleLog log, List<VerifyingKey> keys) {
        return SampleLog.verify(log.lines(), new Checkpoints(keys, List.of()));
    }

    private static void expect(Report report, Finding.Kind kind, long line) {
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(kind);
            assertThat(finding.place()).isEqualTo(new Place("audit.jsonl", line));
        });
    }
}
