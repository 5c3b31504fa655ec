package io.sallyport.proxy.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.sallyport.proxy.config.ConfigReader;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.ProxyConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

@EnabledOnOs(
        value = OS.LINUX,
        architectures = "amd64",
        disabledReason = "helm's library is on the class path for linux-amd64 only")
final class HelmChartTest {
    private static final Path CHART = Path.of("..", "helm", "sallyport");

    @TempDir
    Path folder;

    @Test
    void chart_passes_strict_lint() {
        LintResult result = new Helm(CHART).lint().strict().call();

        assertThat(result.isFailed())
                .as(String.join("\n", result.getMessages()))
                .isFalse();
    }

    @Test
    void configuration_of_the_chart_is_one_the_proxy_accepts() throws Exception {
        Manifests manifests = render(chart().set("environment", "production")
                .set("settings.hold.expires", "15m")
                .set("drainSeconds", 20));

        ProxyConfig config =
                read(manifests.configMap().at("/data/sallyport.yaml").asString());

        assertThat(config.upstream()).isEqualTo(new HostAndPort("db1", 5432));
        assertThat(config.listen()).isEqualTo(new HostAndPort("0.0.0.0", 6432));
        assertThat(config.environment()).isEqualTo("production");
        assertThat(config.policy()).isNull();
        assertThat(config.hold().expires()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.timeouts().drain()).isEqualTo(Duration.ofSeconds(20));
        assertThat(manifests
                        .deployment()
                        .at("/spec/template/spec/terminationGracePeriodSeconds")
                        .asInt())
                .isGreaterThan(20);
    }

    @Test
    void ports_of_configuration_container_probes_and_service_agree() throws Exception {
        Manifests manifests = render(chart());
        ProxyConfig config =
                read(manifests.configMap().at("/data/sallyport.yaml").asString());
        JsonNode container = manifests.deployment().at("/spec/template/spec/containers/0");

        assertThat(container.at("/ports/0").toString())
                .isEqualTo("{\"name\":\"postgresql\",\"containerPort\":"
                        + config.listen().port() + "}");
        assertThat(container.at("/ports/1").toString())
                .isEqualTo("{\"name\":\"admin\",\"containerPort\":"
                        + Objects.requireNonNull(config.admin()).port() + "}");
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.at("/" + probe + "/httpGet/port").asString()).isEqualTo("admin");
        }
        assertThat(manifests.service().at("/spec/ports/0/targetPort").asString())
                .isEqualTo("postgresql");
        assertThat(manifests.service().at("/spec/selector"))
                .isEqualTo(manifests.deployment().at("/spec/selector/matchLabels"));
    }

    @Test
    void policy_text_arrives_unchanged_where_the_configuration_looks_for_it() throws Exception {
        String policy = "version: 1\ndefault: allow\nrules:\n  - name: \"{{ braces }} stay\"\n    then: hold\n";
        Path file = Files.writeString(folder.resolve("policy.yaml"), policy);

        Manifests manifests = render(chart().setFile("policy", file));

        assertThat(manifests.configMap().at("/data/policy.yaml").asString()).isEqualTo(policy);
        ProxyConfig config =
                read(manifests.configMap().at("/data/sallyport.yaml").asString());
        JsonNode mount = manifests.deployment().at("/spec/template/spec/containers/0/volumeMounts/0/mountPath");
        assertThat(config.policy()).isEqualTo(Path.of(mount.asString(), "policy.yaml"));
    }

    @Test
    void a_changed_policy_keeps_the_pod_and_a_changed_setting_replaces_it() throws Exception {
        JsonNode first = podOf(chart().set("policy", "version: 1"));
        assertThat(podOf(chart().set("policy", "version: 2"))).isEqualTo(first);
        assertThat(podOf(chart())).isNotEqualTo(first);
        assertThat(podOf(chart().set("policy", "version: 1").set("settings.hold.expires", "15m")))
                .isNotEqualTo(first);
    }

    private static JsonNode podOf(TemplateCommand template) throws Exception {
        return render(template).deployment().at("/spec/template");
    }

    @Test
    void missing_server_and_unknown_values_are_refused_with_their_names() {
        assertThatThrownBy(() -> template().call()).hasMessageContaining("upstream must be set");
        assertThatThrownBy(() -> chart().set("upstraem", "x").call()).hasMessageContaining("upstraem");
        assertThatThrownBy(() -> chart().set("settings.listen", ":1").call()).hasMessageContaining("listen");
    }

    @Test
    void several_replicas_need_a_control_database_that_they_share() throws Exception {
        assertThatThrownBy(() -> chart().set("replicas", 2).call())
                .hasMessageContaining("set settings.control.url to jdbc:postgresql://HOST/DATABASE");
        Manifests manifests = render(chart().set("replicas", 2)
                .set("settings.control.url", "jdbc:postgresql://db2/control")
                .set("control.passwordSecret", "control"));
        assertThat(manifests.deployment().at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(manifests.deployment().at("/spec/strategy/type").asString()).isEqualTo("RollingUpdate");
        assertThat(manifests
                        .deployment()
                        .at("/spec/template/spec/containers/0/env/0")
                        .toString())
                .contains("SALLYPORT_CONTROL_PASSWORD_FILE", "/etc/sallyport-control/password");
        assertThat(read(manifests.configMap().at("/data/sallyport.yaml").asString())
                        .control()
                        .shared())
                .isTrue();
        assertThat(render(chart()).deployment().at("/spec/strategy/type").asString())
                .isEqualTo("Recreate");
    }

    private static TemplateCommand chart() {
        return template().set("upstream", "db1:5432").set("image.repository", "r/sallyport");
    }

    private static TemplateCommand template() {
        return new Helm(CHART).template().withName("gate").withKubeVersion("1.31.0");
    }

    private record Manifests(JsonNode configMap, JsonNode service, JsonNode deployment) {}

    private static Manifests render(TemplateCommand template) throws Exception {
        List<JsonNode> objects = new ArrayList<>();
        try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(template.call())) {
            documents.forEachRemaining(objects::add);
        }
        // Helm sorts by kind, in the order of installation.
        assertThat(objects)
                .extracting(object -> object.get("kind").asString())
                .containsExactly("ConfigMap", "Service", "Deployment");
        return new Manifests(objects.get(0), objects.get(1), objects.get(2));
    }

    private ProxyConfig read(String yaml) throws Exception {
        return ConfigReader.read(Files.writeString(folder.resolve("sallyport.yaml"), yaml), Map.of(), Map.of());
    }
}
