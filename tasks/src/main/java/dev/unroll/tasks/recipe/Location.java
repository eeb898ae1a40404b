package dev.unroll.tasks.recipe;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of a recipe's {@code data} that names a file or a folder. A relative one is
 * looked for beside the recipe's file, then in the working directory, and a run keeps the absolute
 * one. It may change when a run goes on or is measured, because data may be moved.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Location {}
