package io.cacheaside.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ModelTest {

    @Test
    void protocolHolds_andEveryMutantFails() throws Exception {
        for (String tool : new String[] {"spin", "gcc"}) {
            if (!isOnThePath(tool)) {
                System.err.println("NOT CHECKED: the protocol's model, because '" + tool
                        + "' is not on the path. Debian and Ubuntu: apt-get install spin gcc");
                assumeTrue(false, "'" + tool + "' is not on the path; apt-get install spin gcc");
            }
        }
        Process check = new ProcessBuilder("model/check", "fast")
                .redirectErrorStream(true)
                .start();
        String table = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(table);
        assertThat(check.waitFor()).as(table).isZero();
    }

    private static boolean isOnThePath(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }
}
