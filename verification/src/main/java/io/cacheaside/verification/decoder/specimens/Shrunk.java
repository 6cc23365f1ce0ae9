package io.cacheaside.verification.decoder.specimens;

import java.util.HexFormat;
import java.util.List;

/** A record that had more components in an earlier version, with classes that do not exist any more. */
public record Shrunk(List<String> names, int number) {

    /** Written when there were twelve components more: collections, maps, arrays, cycles, enums, of classes that are gone. */
    private static final String BEFORE = """
            01b7acd54601ad23d5df71aefa8a0ed50fb5171c1b7d26002188f8d0b0d8ca100061e3c667e5e1632a006b80cd1e2e3e987c
            0072460d8599a6ee3600e1087ac6c0310e5100a2e26c3ac9cd42570086f636f611c72fb90202c9c7ee1300491047015b9513
            4e00f4578e06623b0b4500ba5349cad67bf8c90053cea47240ac0238003f6d716fd61595350203f580c072008df2b937aae9
            45b40104ca928606000105d4d7de450001020685dff11102096587e77a7d288104bd39ad85a164e8c900a6735d4b817d4b33
            0024b79aafe0b4cb0e003bbbd9c6e8dc8f18000107cbddb115000102010208e2fad06601499e58752824428e02894029edda
            b190830102397048db91cec0250109c593f76e00010001047406040501020006040904780107010201020006040501000af9
            e9ec3200010bbf98df6803040d9f3d8bd7f474010b0c52454406040cafe6fd67000105000000000000000dceb8c17d000109
            046b060806040ef4fed26f00010b020c52454414475245454e0fd482ca0300010209046104620e10d9e59a0d0001060811d3
            f3e22804eb92f934e499f0c801020006040012e1e7bf1100010001090469080101060104750b14475245454e000000000000
            f83f0101000000000000000200000000000000
            """;

    /** A tolerant payload of the earlier version, with these names and this number. */
    public static byte[] before() {
        return HexFormat.of().parseHex(BEFORE.replace("\n", ""));
    }
}
