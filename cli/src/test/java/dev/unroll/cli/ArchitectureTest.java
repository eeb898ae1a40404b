package dev.unroll.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.unroll.backend.Backend;
import dev.unroll.backend.Buffer;
import dev.unroll.backend.View;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A package uses only packages below it, as docs/ARCHITECTURE.md draws them. When this fails,
 * either the new dependency or the drawing is wrong.
 */
@AnalyzeClasses(packages = "dev.unroll", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Path ROOT = Path.of("..");
    private static final PackageMap DRAWING = drawing();

    @ArchTest
    static void the_drawing_lists_every_package_and_no_other(JavaClasses all) {
        assertThat(DRAWING.packages().keySet())
                .containsExactlyInAnyOrderElementsOf(dependencies(all).keySet());
    }

    @Test
    void each_package_lies_in_the_module_that_the_drawing_names() {
        DRAWING.packages()
                .forEach(
                        (name, line) -> {
                            Path sources = ROOT.resolve(line.module()).resolve("src/main/java");
                            assertThat(sources.resolve(name.replace('.', '/'))).isDirectory();
                        });
    }

    @ArchTest
    static void each_package_uses_only_packages_that_the_drawing_puts_below_it(JavaClasses all) {
        List<String> undrawn = new ArrayList<>();
        dependencies(all)
                .forEach(
                        (user, used) -> {
                            Map<String, String> others = new TreeMap<>(used);
                            others.keySet().removeAll(DRAWING.reachable(user));
                            others.forEach(
                                    (target, by) ->
                                            undrawn.add(user + " -> " + target + ": " + by));
                        });
        assertThat(undrawn)
                .as(
                        "arrows that docs/ARCHITECTURE.md does not draw, each with a class that needs it")
                .isEmpty();
    }

    @ArchTest
    static void each_arrow_of_the_drawing_is_needed_by_a_class(JavaClasses all) {
        Map<String, SortedMap<String, String>> dependencies = dependencies(all);
        List<String> needless = new ArrayList<>();
        DRAWING.packages()
                .forEach(
                        (user, line) -> {
                            Set<String> arrows = new TreeSet<>(line.uses());
                            arrows.removeAll(
                                    dependencies.getOrDefault(user, new TreeMap<>()).keySet());
                            arrows.forEach(target -> needless.add(user + " -> " + target));
                        });
        assertThat(needless).as("arrows of docs/ARCHITECTURE.md that no class needs").isEmpty();
    }

    /** Whoever imports two of one name must write one of them out. */
    @ArchTest
    static void public_classes_of_the_libraries_have_names_of_their_own(JavaClasses all) {
        Set<String> libraries =
                Set.of(
                        "core",
                        "data",
                        "pretrained",
                        "tasks",
                        "onnx",
                        "tensorboard",
                        "video",
                        "pages");
        SortedMap<String, List<String>> places = new TreeMap<>();
        for (JavaClass each : all) {
            if (each.isTopLevelClass()
                    && each.getModifiers().contains(JavaModifier.PUBLIC)
                    && libraries.contains(module(each))) {
                places.computeIfAbsent(each.getSimpleName(), _ -> new ArrayList<>())
                        .add(each.getPackageName());
            }
        }
        assertThat(places).containsKeys("Tensor", "Video", "Classifier");
        places.values().removeIf(packages -> packages.size() == 1);
        assertThat(places).as("names of public classes in several packages").isEmpty();
    }

    @ArchTest
    static final ArchRule core_needs_nothing_but_the_jdk =
            classes()
                    .that(describe("are of module core", each -> module(each).equals("core")))
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("dev.unroll..", "java..", "jdk..", "org.jspecify..");

    @ArchTest
    static final ArchRule the_vector_backend_needs_nothing_but_the_jdk =
            classes()
                    .that()
                    .resideInAPackage("dev.unroll.vector..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.unroll..",
                            "java..",
                            "jdk..",
                            "com.sun.management..", // the JDK's, of its module jdk.management
                            "org.jspecify..");

    /** Layers name the backend's plain values (which function, which order), never its memory. */
    @ArchTest
    static final ArchRule layers_leave_the_backend_to_tensors =
            noClasses()
                    .that()
                    .resideInAPackage("dev.unroll.nn..")
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(Backend.class, Buffer.class, View.class);

    @ArchTest
    static final ArchRule only_the_vector_backend_names_the_vector_api =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.unroll.vector..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jdk.incubator.vector..");

    /** From each package to the packages it uses, each with one class that uses it. */
    private static SortedMap<String, SortedMap<String, String>> dependencies(JavaClasses all) {
        SortedMap<String, SortedMap<String, String>> dependencies = new TreeMap<>();
        for (JavaClass user : all) {
            String name = user.getPackageName();
            Map<String, String> used = dependencies.computeIfAbsent(name, _ -> new TreeMap<>());
            for (Dependency each : user.getDirectDependenciesFromSelf()) {
                String target = target(each);
                if (target.startsWith("dev.unroll.") && !target.equals(name)) {
                    used.putIfAbsent(target, user.getSimpleName());
                }
            }
        }
        return dependencies;
    }

    private static String target(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType().getPackageName();
    }

    private static String module(JavaClass each) {
        PackageMap.Line line = DRAWING.packages().get(each.getPackageName());
        return line == null ? "" : line.module();
    }

    private static PackageMap drawing() {
        try {
            return PackageMap.of(Files.readString(ROOT.resolve("docs").resolve("ARCHITECTURE.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
