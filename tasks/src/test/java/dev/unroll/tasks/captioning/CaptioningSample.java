package dev.unroll.tasks.captioning;

import static dev.unroll.tasks.registry.TaskSample.many;
import static dev.unroll.tasks.registry.TaskSample.yaml;

import dev.unroll.data.Corpus;
import dev.unroll.formats.image.Image;
import dev.unroll.tasks.registry.TaskSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A small training of {@link CaptioningTask}, to hold it to the contract of all tasks. */
public final class CaptioningSample implements TaskSample.Maker {
    @Override
    public TaskSample<?, ?, ?, ?> make(Path folder) throws IOException {
        List<CaptionedImage> images =
                many(
                        40,
                        i -> {
                            float[] values = new float[64];
                            Arrays.fill(values, 0, i, 1);
                            return new CaptionedImage(
                                    "p" + i,
                                    new Image(8, 8, 1, values),
                                    i < 20 ? "a dark image" : "much light");
                        });
        return new TaskSample<>(
                CaptioningTask.TASK,
                yaml(
                        "caption",
                        """
                        data: {set: own}
                        image: {size: 8, colour: false, width: 8, stages: 1,
                          changes: {geometry: {shift: 0.2}}}
                        tokenizer: {kind: words}
                        """),
                Corpus.of("images", images),
                images.subList(0, 3).stream().map(CaptionedImage::image).toList(),
                "image.width=9");
    }
}
