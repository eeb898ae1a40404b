package dev.unroll.tasks.captioning;

import dev.unroll.tasks.image.Picture;

/**
 * A picture and what it shows.
 *
 * @param name for people, such as the name of its file
 * @param picture at any size
 * @param caption what it shows
 */
public record CaptionedPicture(String name, Picture picture, String caption) {}
