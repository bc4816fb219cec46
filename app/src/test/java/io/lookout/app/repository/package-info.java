/** The repository's own files, for tests that read them. */
@NullMarked
package io.lookout.app.repository;

import org.jspecify.annotations.NullMarked;
