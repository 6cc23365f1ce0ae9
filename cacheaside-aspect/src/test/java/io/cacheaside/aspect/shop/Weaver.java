package io.cacheaside.aspect.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.aspectj.bridge.IMessage;
import org.aspectj.bridge.MessageHandler;
import org.aspectj.tools.ajc.Main;

/** Weaves compiled classes as a build does, into a place of their own, so that both forms of a class exist. */
public final class Weaver {

    private static final String SERVICES = "io.cacheaside.aspect.shop.service";

    private Weaver() {}

    /** A loader with the woven form of the services; everything else is its parent's. */
    public static ClassLoader wovenServices() {
        return Once.LOADER;
    }

    /** A woven service made of {@code rows}. */
    public static Object wovenService(String name, Rows rows) {
        try {
            return wovenServices()
                    .loadClass(SERVICES + "." + name)
                    .getConstructor(Rows.class)
                    .newInstance(rows);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    private static final class Once {
        private static final ClassLoader LOADER = weave();
    }

    private static ClassLoader weave() {
        try {
            Path out = Files.createTempDirectory("woven");
            MessageHandler messages = new MessageHandler();
            String aspects = path(Path.of(location("io/cacheaside/aspect/weave/CacheAsideAspect.class")), 5)
                    .toString();
            new Main()
                    .run(
                            new String[] {
                                "-17",
                                "-parameters",
                                "-inpath",
                                copyOfServices().toString(),
                                "-aspectpath",
                                aspects,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                out.toString()
                            },
                            messages);
            assertThat(messages.getMessages(IMessage.WARNING, true)).isEmpty();
            return new OwnFirst(out.toUri().toURL());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copyOfServices() throws IOException {
        Path classes = Path.of(location(SERVICES.replace('.', '/') + "/ShopService.class"))
                .getParent();
        Path in = Files.createTempDirectory("unwoven");
        Path copies = Files.createDirectories(in.resolve(SERVICES.replace('.', '/')));
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file : files.toList()) {
                Files.copy(file, copies.resolve(file.getFileName()));
            }
        }
        return in;
    }

    private static String location(String resource) {
        URL url = Weaver.class.getClassLoader().getResource(resource);
        assertThat(url).as(resource).isNotNull();
        return url.getPath();
    }

    private static Path path(Path file, int up) {
        Path path = file;
        for (int i = 0; i < up; i++) {
            path = path.getParent();
        }
        return path;
    }

    private static final class OwnFirst extends URLClassLoader {

        OwnFirst(URL classes) {
            super(new URL[] {classes}, Weaver.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                boolean mine = name.startsWith(SERVICES);
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : mine ? findClass(name) : super.loadClass(name, resolve);
            }
        }
    }
}
