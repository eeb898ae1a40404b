package dev.unroll.formats.tokenizer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineRefusalTest {

    private static final String MODEL =
            "{'type':'WordLevel','unk_token':'u','vocab':{'u':0,'a':1}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'model':MODEL,'normalizer':{'type':'Rot13'}} | normalizer.type is Rot13",
                "{'model':MODEL,'normalizer':{'type':'NFC','extra':1}} | normalizer['extra'] is not known",
                "{'model':MODEL,'decoder':{'type':'Sequence','decoders':[{'type':'X'}]}} | decoder.decoders[0].type is X",
                "{'model':MODEL,'pre_tokenizer':{'type':'Split','pattern':{'Regex':'(?i:ss)'},'behavior':'Removed','invert':false}} | pre_tokenizer.pattern.Regex cannot be used",
                "{'model':MODEL,'pre_tokenizer':{'type':'Split','pattern':{'Regex':'a{2}+'},'behavior':'Removed','invert':false}} | a + behind an interval",
                "{'model':MODEL,'added_tokens':[{'id':9,'content':'x'}]} | added_tokens[0].id is 9",
                "{'model':{'type':'BPE','vocab':{'a':0},'merges':['a b']}} | the vocabulary lacks the token 'ab'",
                "{'model':{'type':'BPE','vocab':{'a':0},'merges':['ab']}} | model.merges[0] is not two tokens",
                "{'model':{'type':'BPE','vocab':{'a':0,'a':1},'merges':[]}} | model.vocab['a'] stands there twice",
                "{'model':{'type':'BPE','vocab':{'a':2000000000},'merges':[]}} | the id 2000000000",
                "{'model':{'type':'BPE','vocab':{'a':0,'b':1048576},'merges':[]}} | the id 1048576; ids are at least 0 and below 1048576",
                "{'model':{'type':'BPE','dropout':0.1,'vocab':{'a':0},'merges':[]}} | model.dropout is set",
                "{'model':{'type':'Unigram','unk_id':7,'vocab':[['a',0]]}} | the id 7",
                "{'model':MODEL | line 1",
                "{'model':MODEL,'later':1} | ['later'] is not known"
            })
    void what_is_not_known_is_refused_by_its_place(String json, String message) {
        String text = json.replace("MODEL", MODEL).replace('\'', '"');

        assertThatThrownBy(
                        () ->
                                PipelineFile.read(
                                        text.getBytes(StandardCharsets.UTF_8), "tokenizer.json"))
                .isInstanceOf(TokenizerFileException.class)
                .hasMessageContaining(message);
    }
}
