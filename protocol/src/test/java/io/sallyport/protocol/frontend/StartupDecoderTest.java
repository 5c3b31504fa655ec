package io.sallyport.protocol.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sallyport.protocol.CancelKey;
import io.sallyport.protocol.ProtocolVersion;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupDecoderTest {
    private static final int V3_0 = 3 << 16;

    @Test
    void a_start_up_packet_is_read_and_kept_as_it_came() {
        byte[] packet = startup(V3_0, "user", "alice", "database", "shop");
        StartupRequest.Startup startup = startup(packet);
        assertThat(startup.version()).isEqualTo(ProtocolVersion.V3_0);
        assertThat(startup.user()).isEqualTo("alice");
        assertThat(startup.database()).isEqualTo("shop");
        assertThat(Bytes.take(startup.bytes())).isEqualTo(packet);
    }

    @Test
    void nothing_is_decided_before_the_packet_is_whole() {
        byte[] packet = startup(V3_0, "user", "alice");
        for (int length = 0; length < packet.length; length++) {
            ByteBuf in = Unpooled.wrappedBuffer(packet, 0, length);
            assertThat(StartupDecoder.decode(in)).isNull();
            assertThat(in.readableBytes()).isEqualTo(length);
        }
    }

    @Test
    void what_follows_the_packet_is_left_for_the_next_reader() {
        ByteBuf in = Unpooled.wrappedBuffer(startup(V3_0, "user", "a"), new byte[] {'Q', 0, 0});
        assertThat(StartupDecoder.decode(in)).isInstanceOf(StartupRequest.Startup.class);
        assertThat(in.readableBytes()).isEqualTo(3);
    }

    @Test
    void of_a_name_given_twice_the_last_one_wins_as_in_the_server() {
        StartupRequest.Startup startup = startup(startup(V3_0, "user", "alice", "user", "bob"));
        assertThat(startup.user()).isEqualTo("bob");
    }

    @Test
    void the_database_is_named_like_the_role_when_it_is_not_named() {
        assertThat(startup(startup(V3_0, "user", "alice")).database()).isEqualTo("alice");
        assertThat(startup(startup(V3_0, "user", "alice", "database", "")).database())
                .isEqualTo("alice");
        assertThat(startup(startup(V3_0, "database", "shop")).user()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 0, -1, 10_005, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x47455420})
    void a_length_that_no_server_takes_is_refused_at_once(int length) {
        assertThat(refusal(new Bytes().int32(length).array()))
                .hasMessage("invalid length of startup packet: " + length + ", expected 8 to 10004");
    }

    @Test
    void the_largest_packet_of_the_server_is_taken() {
        String value = "x".repeat(10_004 - 8 - "user".length() - 3);
        StartupRequest.Startup startup = startup(startup(V3_0, "user", value));
        assertThat(startup.user()).hasSize(value.length());
        assertThat(startup.bytes().readableBytes()).isEqualTo(10_004);
    }

    @Test
    void a_packet_that_does_not_end_at_its_nul_is_refused() {
        byte[] noTerminator =
                new Bytes().int32(V3_0).string("user").string("alice").packet();
        byte[] openString = new Bytes().int32(V3_0).string("user").text("alice").packet();
        byte[] bytesBehind = new Bytes()
                .raw(new byte[0])
                .int32(V3_0)
                .string("user")
                .string("alice")
                .int8(0)
                .int8('x')
                .packet();
        byte[] onlyVersion = new Bytes().int32(V3_0).packet();
        for (byte[] packet : new byte[][] {noTerminator, openString, bytesBehind, onlyVersion}) {
            assertThat(refusal(packet).sqlState()).isEqualTo("08P01");
        }
    }

    @ParameterizedTest
    @CsvSource({"2,0", "4,0", "1,0", "0,0"})
    void only_version_3_is_spoken(int major, int minor) {
        byte[] packet = new Bytes()
                .int32(major << 16 | minor)
                .string("user")
                .string("a")
                .int8(0)
                .packet();
        ProtocolViolation refusal = refusal(packet);
        assertThat(refusal.sqlState()).isEqualTo("0A000");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9999})
    void later_minor_versions_are_the_servers_to_negotiate(int minor) {
        byte[] packet = startup(V3_0 | minor, "user", "a", "_pq_.future", "x");
        StartupRequest.Startup startup = startup(packet);
        assertThat(startup.version()).isEqualTo(new ProtocolVersion(3, minor));
        assertThat(Bytes.take(startup.bytes())).isEqualTo(packet);
    }

    @Test
    void encryption_requests_are_exactly_eight_bytes() {
        assertThat(decode(new Bytes().int32(StartupDecoder.SSL_REQUEST).packet()))
                .isInstanceOf(StartupRequest.Ssl.class);
        assertThat(decode(new Bytes().int32(StartupDecoder.GSSENC_REQUEST).packet()))
                .isInstanceOf(StartupRequest.GssEncryption.class);
        assertThat(refusal(new Bytes().int32(StartupDecoder.SSL_REQUEST).int8(0).packet()))
                .hasMessage("invalid length of SSLRequest: 9, expected 8");
        assertThat(refusal(new Bytes()
                        .int32(StartupDecoder.GSSENC_REQUEST)
                        .int32(0)
                        .packet()))
                .hasMessage("invalid length of GSSENCRequest: 12, expected 8");
    }

    @Test
    void two_encryption_requests_are_two_requests() {
        byte[] ssl = new Bytes().int32(StartupDecoder.SSL_REQUEST).packet();
        byte[] gss = new Bytes().int32(StartupDecoder.GSSENC_REQUEST).packet();
        ByteBuf in = Unpooled.wrappedBuffer(gss, ssl);
        assertThat(StartupDecoder.decode(in)).isInstanceOf(StartupRequest.GssEncryption.class);
        assertThat(StartupDecoder.decode(in)).isInstanceOf(StartupRequest.Ssl.class);
        assertThat(in.isReadable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 32, 256})
    void a_cancel_request_has_a_secret_of_4_to_256_bytes(int length) {
        byte[] secret = new byte[length];
        Arrays.fill(secret, (byte) 7);
        byte[] packet = cancel(secret);
        StartupRequest.Cancel cancel = (StartupRequest.Cancel) decode(packet);
        assertThat(cancel.key()).isEqualTo(new CancelKey(4711, secret));
        assertThat(Bytes.take(cancel.bytes())).isEqualTo(packet);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 257, 1000})
    void any_other_secret_is_refused(int length) {
        assertThat(refusal(cancel(new byte[length]))).hasMessageContaining("expected 16 to 268");
    }

    @ParameterizedTest
    @CsvSource({
        "true,true",
        "on,true",
        "1,true",
        "database,true",
        "yes,true",
        "nonsense,true",
        "o,true",
        "FALSE,false",
        "f,false",
        "off,false",
        "of,false",
        "no,false",
        "n,false",
        "0,false",
        "'',false"
    })
    void replication_is_asked_for_as_the_server_reads_it(String value, boolean asked) {
        assertThat(startup(startup(V3_0, "user", "a", "replication", value)).replication())
                .isEqualTo(asked);
    }

    @Test
    void an_http_request_is_no_start_up_packet() {
        assertThat(refusal("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("invalid length of startup packet");
    }

    private static byte[] startup(int version, String... words) {
        Bytes body = new Bytes().int32(version);
        for (String word : words) {
            body.string(word);
        }
        return body.int8(0).packet();
    }

    private static byte[] cancel(byte[] secret) {
        return new Bytes()
                .int32(StartupDecoder.CANCEL_REQUEST)
                .int32(4711)
                .raw(secret)
                .packet();
    }

    private static StartupRequest.Startup startup(byte[] packet) {
        return (StartupRequest.Startup) decode(packet);
    }

    private static StartupRequest decode(byte[] packet) {
        StartupRequest request = StartupDecoder.decode(Unpooled.wrappedBuffer(packet));
        assertThat(request).isNotNull();
        return java.util.Objects.requireNonNull(request);
    }

    private static ProtocolViolation refusal(byte[] packet) {
        return catchThrowableOfType(
                ProtocolViolation.class, () -> StartupDecoder.decode(Unpooled.wrappedBuffer(packet)));
    }
}
