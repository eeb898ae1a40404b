package dev.unroll.examples;

import module java.base;

import dev.unroll.data.Corpus;
import dev.unroll.data.Pair;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.translation.TranslationRecipe;
import dev.unroll.tasks.translation.Translator;

public class Backwards {
    public static void main(String[] args) throws Exception {
        var pairs =
                IntStream.range(0, 3_000)
                        .mapToObj(i -> Integer.toString(i * 7919 % 100_000))
                        .map(n -> new Pair(n, new StringBuilder(n).reverse().toString()))
                        .toList();
        String yaml =
                """
                task: translate
                data: {set: own}
                tokenizer: {kind: characters}
                model: {kind: lstm, width: 32, hidden: 64, dropout: 0}
                training: {epochs: 8, learningRate: 0.004, batchTokens: 500}""";
        var recipe = RecipeFile.parse(TranslationRecipe.class, yaml);
        var corpus = Corpus.of("numbers", pairs);
        var translator = Translator.train(recipe, corpus, Path.of("runs/backwards"));
        System.out.println("12345 backwards is " + translator.translate("12345"));
    }
}
