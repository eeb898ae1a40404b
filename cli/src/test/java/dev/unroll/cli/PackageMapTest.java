package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The drawing of the packages is read as it is meant, and a wrong one is refused. */
class PackageMapTest {

    @Test
    void a_line_names_a_package_and_the_packages_it_may_use() {
        PackageMap map =
                read("[core]", "nn -> tensor, backend # layers", "tensor -> backend", "backend ->");

        assertThat(map.packages().keySet())
                .containsExactly("dev.unroll.nn", "dev.unroll.tensor", "dev.unroll.backend");
        assertThat(map.packages().get("dev.unroll.nn"))
                .isEqualTo(
                        new PackageMap.Line(
                                "core", List.of("dev.unroll.tensor", "dev.unroll.backend")));
    }

    @Test
    void a_package_may_use_what_the_packages_it_names_may_use() {
        PackageMap map =
                read(
                        "[core]",
                        "train -> nn",
                        "nn -> tensor",
                        "tensor -> backend",
                        "backend ->",
                        "text ->");

        assertThat(map.reachable("dev.unroll.train"))
                .containsExactlyInAnyOrder(
                        "dev.unroll.nn", "dev.unroll.tensor", "dev.unroll.backend");
        assertThat(map.reachable("dev.unroll.text")).isEmpty();
    }

    @Test
    void an_arrow_upward_is_refused() {
        assertThatThrownBy(() -> read("[core]", "tensor -> backend", "backend -> tensor"))
                .hasMessageContaining("dev.unroll.backend -> dev.unroll.tensor")
                .hasMessageContaining("below");
    }

    @Test
    void an_arrow_to_a_package_that_is_not_listed_is_refused() {
        assertThatThrownBy(() -> read("[core]", "tensor -> backend"))
                .hasMessageContaining("dev.unroll.backend must stand on a line below");
    }

    @Test
    void a_package_listed_twice_is_refused() {
        assertThatThrownBy(() -> read("[core]", "backend ->", "backend ->"))
                .hasMessageContaining("backend is listed twice");
    }

    @Test
    void a_line_of_another_form_is_refused() {
        assertThatThrownBy(() -> read("[core]", "backend"))
                .hasMessageContaining("'package -> packages'");
    }

    @Test
    void a_page_without_the_block_is_refused() {
        assertThatThrownBy(() -> PackageMap.of("# Architecture"))
                .hasMessageContaining("```packages");
    }

    private static PackageMap read(String... lines) {
        return PackageMap.of("```packages\n" + String.join("\n", lines) + "\n```\n");
    }
}
