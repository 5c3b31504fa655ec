package io.sallyport.proxy.token.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sallyport.protocol.ProtocolVersion;
import io.sallyport.protocol.frontend.StartupRequest;
import io.sallyport.proxy.token.TokenSecret;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StartupTokenTest {
    private static final TokenSecret SECRET = TokenSecret.random();
    private static final String TOKEN = SECRET.reveal();

    private static StartupRequest.Startup packet(String... keysAndValues) {
        Map<String, String> parameters = new LinkedHashMap<>();
        ByteBuf bytes = Unpooled.buffer().writeInt(0).writeInt(3 << 16);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            parameters.put(keysAndValues[i], keysAndValues[i + 1]);
            bytes.writeCharSequence(keysAndValues[i] + "\0" + keysAndValues[i + 1] + "\0", StandardCharsets.UTF_8);
        }
        bytes.writeByte(0).setInt(0, bytes.readableBytes());
        return new StartupRequest.Startup(ProtocolVersion.V3_0, parameters, bytes);
    }

    private static StartupToken take(StartupRequest.Startup request) {
        StartupToken taken = StartupToken.take(request, UnpooledByteBufAllocator.DEFAULT);
        assertThat(taken.request().bytes().toString(StandardCharsets.UTF_8)).doesNotContain(TOKEN.substring(4, 20));
        assertThat(taken.request().parameters().toString()).doesNotContain(TOKEN.substring(4, 20));
        return taken;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "-c sallyport.token=$TOKEN,''",
                "-csallyport.token=$TOKEN,''",
                "--sallyport.token=$TOKEN,''",
                "-c geqo=off -c sallyport.token=$TOKEN -c work_mem=4MB,-c geqo=off  -c work_mem=4MB",
                "\"  -c  search_path=a\\ b --Sallyport.Token=$TOKEN \",\"  -c  search_path=a\\ b  \"",
                "-c sallyport\\.token=$TOKEN,''"
            })
    void switch_is_taken_out_of_options_and_the_rest_stays(String given, String left) {
        StartupRequest.Startup before = packet("user", "app", "options", left.equals("''") ? "" : left, "a", "ü");
        StartupToken taken = take(packet("user", "app", "options", given.replace("$TOKEN", TOKEN), "a", "ü"));
        assertThat(taken.problem()).isNull();
        assertThat(Objects.requireNonNull(taken.secret()).hash()).isEqualTo(SECRET.hash());
        assertThat(taken.request().bytes()).isEqualTo(before.bytes());
        assertThat(taken.request().parameters()).isEqualTo(before.parameters());
    }

    @Test
    void parameter_of_that_name_is_taken_out() {
        StartupToken taken = take(packet("user", "app", "Sallyport.Token", TOKEN, "database", "shop"));
        assertThat(Objects.requireNonNull(taken.secret()).hash()).isEqualTo(SECRET.hash());
        assertThat(taken.request().bytes())
                .isEqualTo(packet("user", "app", "database", "shop").bytes());
    }

    @Test
    void other_packets_stay_the_very_bytes() {
        StartupRequest.Startup request = packet("user", "app", "options", "-c geqo=off", "application_name", "tokens");
        assertThat(take(request).request()).isSameAs(request);
    }

    @ParameterizedTest
    @CsvSource({
        "options,-c sallyport.token=spt-typo",
        "sallyport.token,spt-typo",
        "application_name,$TOKEN",
        "options,-c application_name=$TOKEN",
        "options,-Ec sallyport.token=$TOKEN"
    })
    void other_places_and_typing_errors_are_a_problem(String key, String value) {
        StartupToken taken = take(packet("user", "app", key, value.replace("$TOKEN", TOKEN)));
        assertThat(taken.problem()).isNotNull();
    }
}
