package dev.unroll.text.pipeline.normalize;

import dev.unroll.text.pipeline.CodePointSet;

/**
 * Characters that the tables of Hugging Face's library (tokenizers 0.21) take otherwise than the
 * JDK: they are newer than the tables, or have changed since. A model has learnt from tokens made
 * with these tables.
 */
final class NewerCharacters {

    /** Marks without a combining class there, and characters that are not decomposed there. */
    static final CodePointSet NOT_NORMALIZED =
            new CodePointSet(
                    "7FD 897-89F 8CA-8D3 9FE C3C D3B-D3C EBA 1715 1ABF-1ACE 1DF6-1DFA 32FF "
                            + "A7F2-A7F4 A82C AB69 105C9 105E4 10781-10785 10787-107B0 107B2-107BA "
                            + "10D24-10D27 10D69-10D6D 10EAB-10EAC 10EFD-10EFF 10F46-10F50 "
                            + "10F82-10F85 11070 1133B 11383 11385 1138E 11391 113C5 113C7-113C8 "
                            + "113CE-113D0 1145E 11839-1183A 11938 1193D-1193E 11943 119E0 11A34 "
                            + "11A47 11A99 11D42 11D44-11D45 11D97 11F41-11F42 16121-16128 1612F "
                            + "16D68-16D6A 16FF0-16FF1 1CCD6-1CCF9 1E030-1E06D 1E08F 1E130-1E136 "
                            + "1E2AE 1E2EC-1E2EF 1E4EC-1E4EF 1E5EE-1E5EF 1F16C 1FBF0-1FBF9");

    /** Format controls that are none there. */
    static final CodePointSet NO_CONTROL = new CodePointSet("890-891 8E2 110CD 13430-1343F");

    /** Characters that are non-spacing marks either here or there. */
    static final CodePointSet CHANGED_NON_SPACING =
            new CodePointSet(
                    "7FD 897-89F 8CA-8E1 9FE AFA-AFF B55 C04 C3C D00 D3B-D3C D81 EBA ECE  "
                            + "1734 180F 1885-1886 1ABF-1ACE 1DF6-1DFB A82C A8C5 A8FF A9BD  "
                            + "10D24-10D27 10D69-10D6D 10EAB-10EAC 10EFC-10EFF 10F46-10F50  "
                            + "10F82-10F85 11070 11073-11074 110C2 111C9 111CF 1123E 11241 1133B  "
                            + "113BB-113C0 113CE 113D0 113D2 113E1-113E2 11438-1143F 11442-11444  "
                            + "11446 1145E 1171E 1182F-11837 11839-1183A 1193B-1193C 1193E 11943  "
                            + "119D4-119D7 119DA-119DB 119E0 11A01-11A0A 11A33-11A38 11A3B-11A3E  "
                            + "11A47 11A51-11A56 11A59-11A5B 11A8A-11A96 11A98-11A99 11C30-11C36  "
                            + "11C38-11C3D 11C3F 11C92-11CA7 11CAA-11CB0 11CB2-11CB3 11CB5-11CB6  "
                            + "11D31-11D36 11D3A 11D3C-11D3D 11D3F-11D45 11D47 11D90-11D91 11D95  "
                            + "11D97 11EF3-11EF4 11F00-11F01 11F36-11F3A 11F40 11F42 11F5A 13440  "
                            + "13447-13455 1611E-16129 1612D-1612F 16F4F 1CF00-1CF2D 1CF30-1CF46  "
                            + "1E000-1E006 1E008-1E018 1E01B-1E021 1E023-1E024 1E026-1E02A 1E08F  "
                            + "1E130-1E136 1E2AE 1E2EC-1E2EF 1E4EC-1E4EF 1E5EE-1E5EF 1E944-1E94A");

    /** Characters that are marks either here or there. */
    static final CodePointSet CHANGED_MARK =
            new CodePointSet(
                    "7FD 897-89F 8CA-8D3 9FE AFA-AFF B55 C04 C3C CF3 D00 D3B-D3C D81 EBA  "
                            + "ECE 1715 180F 1ABF-1ACE 1CF2-1CF3 1CF7 1DF6-1DFA A82C A8FF  "
                            + "10D24-10D27 10D69-10D6D 10EAB-10EAC 10EFC-10EFF 10F46-10F50  "
                            + "10F82-10F85 11070 11073-11074 110C2 11145-11146 111C9 111CE-111CF  "
                            + "11241 1133B 113B8-113C0 113C2 113C5 113C7-113CA 113CC-113D0 113D2  "
                            + "113E1-113E2 1145E 1182C-1183A 11930-11935 11937-11938 1193B-1193E  "
                            + "11940 11942-11943 119D1-119D7 119DA-119E0 119E4 11A01-11A0A  "
                            + "11A33-11A39 11A3B-11A3E 11A47 11A51-11A5B 11A8A-11A99 11D31-11D36  "
                            + "11D3A 11D3C-11D3D 11D3F-11D45 11D47 11D8A-11D8E 11D90-11D91  "
                            + "11D93-11D97 11EF3-11EF6 11F00-11F01 11F03 11F34-11F3A 11F3E-11F42  "
                            + "11F5A 13440 13447-13455 1611E-1612F 16F4F 16F7F-16F87 16FF0-16FF1  "
                            + "1CF00-1CF2D 1CF30-1CF46 1E08F 1E130-1E136 1E2AE 1E2EC-1E2EF  "
                            + "1E4EC-1E4EF 1E5EE-1E5EF");

    private NewerCharacters() {}
}
