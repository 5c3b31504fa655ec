package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.HoldText;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.config.WebhookSettings;
import io.sallyport.proxy.webhook.WebhookTrial;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** `sallyport webhook test`. */
@Command(
        name = "test",
        description = {
            "Sends a sample event to a webhook, once, and prints what came back.",
            "Exit code 0: it was taken; 1: it was not; 2: a usage or configuration error."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class WebhookTestCommand implements Callable<Integer> {
    private static final int LONGEST_ANSWER = 500;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private WebhookCommand parent;

    @Parameters(paramLabel = "NAME", description = "The webhook, as the configuration calls it.")
    private String name = "";

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws CommandFailure {
        ProxyConfig config = options.read(parent.main().environment());
        WebhookTrial trial;
        try {
            trial = WebhookTrial.of(named(config), config, Clock.systemUTC());
        } catch (IOException unusable) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(unusable.getMessage()), unusable);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.REFUSED, "interrupted", hurried);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(name + " (" + trial.host() + "): " + (trial.taken() ? "taken" : "not taken") + ", " + trial.said());
        out.println("delivery " + trial.delivery());
        if (!trial.answer().isBlank()) {
            String answer = HoldText.printable(trial.answer().strip());
            out.println("answer   "
                    + (answer.length() <= LONGEST_ANSWER ? answer : answer.substring(0, LONGEST_ANSWER) + "…"));
        }
        out.flush();
        return trial.taken() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private WebhookSettings named(ProxyConfig config) throws CommandFailure {
        List<WebhookSettings> hooks = config.webhooks();
        return hooks.stream()
                .filter(hook -> hook.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        List.of("there is no webhook \"" + name + "\"; "
                                + (hooks.isEmpty()
                                        ? "the configuration has none"
                                        : "expected one of "
                                                + hooks.stream()
                                                        .map(WebhookSettings::name)
                                                        .collect(Collectors.joining(", "))))));
    }
}
