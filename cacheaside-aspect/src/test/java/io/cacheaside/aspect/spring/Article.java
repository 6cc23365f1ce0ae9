package io.cacheaside.aspect.spring;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/** An entity with a part that is fetched when it is looked at. */
@Entity
@SuppressWarnings("serial") // the sets that Hibernate and the constructor put there can be written
class Article implements Serializable {

    private static final long serialVersionUID = 1L;

    @Id
    private long id;

    private String title;

    @ElementCollection(fetch = FetchType.LAZY)
    private Set<String> tags = new HashSet<>();

    protected Article() {}

    Article(long id, String title, Set<String> tags) {
        this.id = id;
        this.title = title;
        this.tags = new HashSet<>(tags);
    }

    String title() {
        return title;
    }

    void rename(String title) {
        this.title = title;
    }

    Set<String> tags() {
        return tags;
    }
}
