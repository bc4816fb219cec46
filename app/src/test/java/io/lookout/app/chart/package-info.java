/** The Helm chart in k8s/lookout: linted, rendered, and read as the Kubernetes objects it makes. */
@NullMarked
package io.lookout.app.chart;

import org.jspecify.annotations.NullMarked;
