package io.cacheaside.verification.history;

import io.cacheaside.aspect.weave.CacheAsideAspect;
import io.cacheaside.verification.FileTree;
import io.cacheaside.verification.history.documents.AnnotatedDocuments;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.aspectj.bridge.IMessage;
import org.aspectj.bridge.MessageHandler;
import org.aspectj.tools.ajc.Main;

/** The woven form of the annotated service: ajc after javac, as a build does it, into a directory of its own. */
public final class Weaving implements AutoCloseable {

    private final Path directory = Files.createTempDirectory("cacheaside-woven");
    private final Path woven = Files.createDirectory(directory.resolve("woven"));

    /** Weaves. */
    public Weaving() throws IOException {
        String[] arguments = {
            "-17",
            "-parameters",
            "-inpath",
            copyOfDocuments().toString(),
            "-aspectpath",
            place(CacheAsideAspect.class).toString(),
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            woven.toString()
        };
        MessageHandler messages = new MessageHandler();
        new Main().run(arguments, messages);
        IMessage[] problems = messages.getMessages(IMessage.WARNING, true);
        if (problems.length > 0) {
            throw new IllegalStateException("ajc: " + problems[0]);
        }
    }

    /** A directory with the woven classes alone. */
    public Path woven() {
        return woven;
    }

    /** ajc weaves whole directories, so the package to weave gets one of its own. */
    private Path copyOfDocuments() throws IOException {
        String packages = AnnotatedDocuments.class.getPackageName().replace('.', '/');
        Path copies = directory.resolve("unwoven");
        Files.createDirectories(copies.resolve(packages));
        try (Stream<Path> classes = Files.list(place(AnnotatedDocuments.class).resolve(packages))) {
            for (Path file : classes.toList()) {
                Files.copy(file, copies.resolve(packages).resolve(file.getFileName()));
            }
        }
        return copies;
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        FileTree.delete(directory);
    }
}
