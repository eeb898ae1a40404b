package dev.unroll.tasks.recipe;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a record's component when a recipe leaves its key out, written as recipes are:
 * {@code @Default("4096")}, {@code @Default("{kind: adam}")}, {@code @Default("''")} for an empty
 * text. A component without it is null when its key is left out.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /** The value in YAML; {@code {}} is a record of its own defaults. */
    String value();
}
