package io.sallyport.proxy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executor;

/** Who may know whom, in all three modules. */
@AnalyzeClasses(packages = "io.sallyport", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String[] CHANNELS = {
        "io.netty.channel..", "io.netty.bootstrap..", "io.netty.handler.codec.http..", "io.netty.handler.timeout.."
    };

    @ArchTest
    static final ArchRule no_package_imports_in_a_circle =
            slices().matching("io.sallyport.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule protocol_knows_neither_policies_nor_proxy = noClasses()
            .that()
            .resideInAPackage("io.sallyport.protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.sallyport.policies..", "io.sallyport.proxy..");

    @ArchTest
    static final ArchRule policies_know_neither_protocol_nor_proxy_nor_netty = noClasses()
            .that()
            .resideInAPackage("io.sallyport.policies..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.sallyport.protocol..", "io.sallyport.proxy..", "io.netty..");

    @ArchTest
    static final ArchRule policies_have_no_clock_no_threads_and_no_sockets = noClasses()
            .that()
            .resideInAPackage("io.sallyport.policies..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executor.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule one_package_imports_jsqlparser = noClasses()
            .that()
            .resideOutsideOfPackage("io.sallyport.policies.analysis..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.sf.jsqlparser..");

    @ArchTest
    static final ArchRule one_package_imports_cel = noClasses()
            .that()
            .resideOutsideOfPackage("io.sallyport.policies.expression..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.cel..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule one_package_imports_the_jose_library = noClasses()
            .that()
            .resideOutsideOfPackage("io.sallyport.proxy.oidc..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.nimbusds..");

    @ArchTest
    static final ArchRule channels_are_for_net_and_admin = noClasses()
            .that()
            .resideOutsideOfPackages("io.sallyport.proxy.net..", "io.sallyport.proxy.admin..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CHANNELS);

    @ArchTest
    static final ArchRule reading_is_switched_in_one_place = noClasses()
            .that(describe(
                    "are not ReadGate", type -> !outermost(type).getSimpleName().equals("ReadGate")))
            .should()
            .callMethod(io.netty.channel.ChannelConfig.class, "setAutoRead", boolean.class);

    @ArchTest
    static final ArchRule config_metrics_and_audit_are_leaves = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.sallyport.proxy.config..", "io.sallyport.proxy.metrics..", "io.sallyport.proxy.audit..")
            .should()
            .dependOnClassesThat(describe(
                    "are Sallyport's, in another package",
                    type -> type.getPackageName().startsWith("io.sallyport.")
                            && !type.getPackageName()
                                    .matches("io\\.sallyport\\.proxy\\.(config|metrics|audit(\\..*)?)")));

    @ArchTest
    static final ArchRule the_admin_server_knows_nothing_of_sessions = noClasses()
            .that()
            .resideInAPackage("io.sallyport.proxy.admin..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.sallyport.proxy.net..",
                    "io.sallyport.proxy.session..",
                    "io.sallyport.proxy.gate..",
                    "io.sallyport.proxy.batch..");

    @ArchTest
    static final ArchRule holds_and_gate_know_nothing_of_sessions_and_sockets = noClasses()
            .that()
            .resideInAnyPackage("io.sallyport.proxy.hold..", "io.sallyport.proxy.gate..", "io.sallyport.proxy.batch..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.sallyport.proxy.net..", "io.sallyport.proxy.session..", "io.sallyport.proxy.admin..");

    @ArchTest
    static final ArchRule a_permit_is_made_by_the_gate_alone =
            classes().that().haveSimpleName("Permit").should(HavePackagePrivateConstructors.INSTANCE);

    @ArchTest
    static final ArchRule standard_output_belongs_to_the_command_line = noClasses()
            .that()
            .resideOutsideOfPackages("io.sallyport.proxy.cli..", "io.sallyport.proxy.demo..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }
}
