/** LangChain4j's embedding model, computed by Unroll. */
@NullMarked
package dev.unroll.langchain4j;

import org.jspecify.annotations.NullMarked;
