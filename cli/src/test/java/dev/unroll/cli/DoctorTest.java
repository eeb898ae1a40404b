package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorTest {

    @Test
    void json_is_exactly_one_object_with_the_findings() {
        Run run = Run.of("doctor", "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).hasLineCount(1);
        JsonNode findings = JsonMapper.shared().readTree(run.out());
        JsonNode machine = findings.get("machine");
        assertThat(machine.get("cores").asInt()).isPositive();
        assertThat(machine.get("heap").asLong()).isPositive();
        assertThat(machine.get("memory").asLong()).isPositive();
        JsonNode backend = findings.get("backend");
        assertThat(backend.get("gflops").asDouble()).isPositive();
        assertThat(backend.get("name").asString()).isNotEmpty();
        assertThat(backend.get("reason").asString()).isNotEmpty();
        assertThat(findings.get("video").asString()).matches("(ffmpeg|JCodec) .*");
    }

    @Test
    void people_are_told_the_same() {
        Run run = Run.of("doctor");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Java", "cores", "heap", "backend", "GFLOP/s", "video");
    }
}
