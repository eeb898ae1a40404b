package dev.unroll.tasks.conformance;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that want data which is not part of the project: a folder below the one that {@code
 * UNROLL_DATA} names. Where it is absent they are skipped, and say what they want.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(WantsData.Condition.class)
@interface WantsData {

    /** Name of the folder. */
    String value();

    /** Whether the data is there. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String name =
                    findAnnotation(context.getTestClass(), WantsData.class)
                            .map(WantsData::value)
                            .orElseThrow();
            String root = System.getenv("UNROLL_DATA");
            if (root == null) {
                return ConditionEvaluationResult.disabled(
                        "wants the data set '" + name + "': UNROLL_DATA does not say where it is");
            }
            return Files.isDirectory(Path.of(root, name))
                    ? ConditionEvaluationResult.enabled(name + " is in " + root)
                    : ConditionEvaluationResult.disabled(
                            "wants the data set '%s', and %s has no such folder"
                                    .formatted(name, root));
        }
    }

    /** Finds the data of tests that run. */
    final class Folder {
        private Folder() {}

        static Path of(String name) {
            return Path.of(System.getenv("UNROLL_DATA"), name);
        }
    }
}
