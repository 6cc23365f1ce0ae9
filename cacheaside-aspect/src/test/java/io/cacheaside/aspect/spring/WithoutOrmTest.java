package io.cacheaside.aspect.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.TransactionBoundary.Transaction;
import io.cacheaside.spi.TransactionBoundary.View;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A class path with spring-tx, and with neither spring-jdbc nor spring-orm. */
class WithoutOrmTest {

    @Test
    void transaction_isKnownAndStoresNothing() throws Exception {
        try (URLClassLoader loader = new WithoutOrm()) {
            Object answer = loader.loadClass(Inside.class.getName())
                    .getMethod("readOnlyAndReadCommitted")
                    .invoke(null);
            assertThat(answer).isEqualTo("sees latest commits only: false, view NONE: true");
        }
    }

    /** Runs on the other side of {@link WithoutOrm}. */
    public static final class Inside {

        private Inside() {}

        /** What the boundary says of a transaction that would be shareable if it were known better. */
        public static String readOnlyAndReadCommitted() {
            SpringTransactionBoundary boundary = new SpringTransactionBoundary();
            boolean none = boundary.freshView() == View.NONE;
            TransactionSynchronizationManager.initSynchronization();
            TransactionSynchronizationManager.setActualTransactionActive(true);
            TransactionSynchronizationManager.setCurrentTransactionReadOnly(true);
            TransactionSynchronizationManager.setCurrentTransactionIsolationLevel(
                    Connection.TRANSACTION_READ_COMMITTED);
            try {
                Transaction transaction = Objects.requireNonNull(boundary.current());
                return "sees latest commits only: " + transaction.seesLatestCommitsOnly() + ", view NONE: " + none;
            } finally {
                TransactionSynchronizationManager.unbindResource(boundary);
                TransactionSynchronizationManager.clear();
            }
        }
    }

    /** Defines everything of cacheaside anew and hides the libraries. */
    private static final class WithoutOrm extends URLClassLoader {

        WithoutOrm() {
            super(new URL[0], WithoutOrmTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (Stream.of("org.springframework.orm.", "org.springframework.jdbc.", "jakarta.persistence.")
                    .anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null
                        ? loaded
                        : name.startsWith("io.cacheaside.") ? defined(name) : super.loadClass(name, resolve);
            }
        }

        private Class<?> defined(String name) throws ClassNotFoundException {
            try (InputStream bytes = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] content = Objects.requireNonNull(bytes, name).readAllBytes();
                return defineClass(name, content, 0, content.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
