/** YAML files that are read strictly, with lines in their errors. */
@NullMarked
package io.lookout.ingest.yaml;

import org.jspecify.annotations.NullMarked;
