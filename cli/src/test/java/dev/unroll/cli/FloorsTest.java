package dev.unroll.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.unroll.backend.Backend;
import dev.unroll.backend.Buffer;
import dev.unroll.backend.View;

/** The house and its floors: a room uses only rooms below it. */
@AnalyzeClasses(packages = "dev.unroll", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorsTest {

    @ArchTest
    static final ArchRule nothing_goes_round_in_circles =
            slices().matching("dev.unroll.(*)..").should().beFreeOfCycles();

    @ArchTest static final ArchRule the_backend_knows_nothing_above_it = floor("backend");

    @ArchTest static final ArchRule tensors_stand_on_the_backend = floor("tensor", "backend");

    @ArchTest
    static final ArchRule layers_stand_on_tensors = floor("nn", "tensor", "backend", "data");

    @ArchTest
    static final ArchRule training_stands_on_layers =
            floor("train", "nn", "tensor", "backend", "data");

    /** Layers name the backend's plain values (which function, which order), never its memory. */
    @ArchTest
    static final ArchRule layers_leave_the_door_to_tensors =
            noClasses()
                    .that()
                    .resideInAPackage("dev.unroll.nn..")
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(Backend.class, Buffer.class, View.class)
                    .allowEmptyShould(true);

    @ArchTest static final ArchRule text_knows_no_tensors = floor("text", "data");

    @ArchTest static final ArchRule data_knows_no_tensors = floor("data", "text");

    @ArchTest static final ArchRule decoding_knows_no_network = floor("decode", "text", "data");

    @ArchTest
    static final ArchRule the_vector_backend_sees_only_the_door = floor("vector", "backend");

    @ArchTest
    static final ArchRule tasks_know_neither_one_backend_nor_the_command =
            noClasses()
                    .that()
                    .resideInAPackage("dev.unroll.tasks..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.unroll.vector..", "dev.unroll.cli..")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule only_the_vector_backend_names_the_vector_api =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.unroll.vector..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jdk.incubator.vector..");

    /** This room may use itself, the rooms named, and besides them nothing but the JDK. */
    private static ArchRule floor(String room, String... below) {
        String[] allowed = new String[below.length + 4];
        allowed[0] = "dev.unroll." + room + "..";
        allowed[1] = "java..";
        allowed[2] = "jdk..";
        allowed[3] = "org.jspecify..";
        for (int i = 0; i < below.length; i++) {
            allowed[4 + i] = "dev.unroll." + below[i] + "..";
        }
        return classes()
                .that()
                .resideInAPackage(allowed[0])
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .allowEmptyShould(true);
    }
}
