package dev.unroll.page;

import java.util.List;

/**
 * A page as a value. {@link HtmlPage} and {@link MarkdownPage} write it.
 *
 * @param title of the page
 * @param blocks from top to bottom; headings of level 2 are listed as contents
 */
public record Page(String title, List<Block> blocks) {
    public Page {
        blocks = List.copyOf(blocks);
    }
}
