/** A container of applications, on nothing but the JDK. */
@NullMarked
package dev.unroll.hosts.container;

import org.jspecify.annotations.NullMarked;
