/** The list of experiments, their texts, and the page of what they found. */
@NullMarked
package dev.unroll.lab.site;

import org.jspecify.annotations.NullMarked;
