{{- define "lookout.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 48 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 48 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 48 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "lookout.selector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "lookout.labels" -}}
{{ include "lookout.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "lookout.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "lookout.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* The storage pods: they have names that last, so everyone else finds the cluster through them. */}}
{{- define "lookout.members" -}}
{{- $fullname := include "lookout.fullname" . -}}
{{- $domain := printf "%s-storage.%s.svc.%s" $fullname .Release.Namespace .Values.clusterDomain -}}
{{- $members := list -}}
{{- range $i := until (int .Values.storage.replicas) -}}
{{- $members = append $members (printf "%s-storage-%d.%s:5701" $fullname $i $domain) -}}
{{- end -}}
{{- $members | toJson -}}
{{- end -}}

{{/* What lookout.yaml says: the user's settings, and over them what the chart decides. */}}
{{- define "lookout.config" -}}
{{- $own := dict -}}
{{- if eq .Values.mode "roles" -}}
{{- $own = dict "cluster" (dict "enabled" true "members" (include "lookout.members" . | fromJsonArray) "bus" (dict "port" 5702)) -}}
{{- end -}}
{{- if .Values.scrapeConfigs -}}
{{- $_ := set $own "scrape" (dict "configs" (list "/etc/lookout/scrape.yaml")) -}}
{{- end -}}
{{- with .Values.elasticsearch -}}
{{- if .urls -}}
{{- $store := dict "urls" .urls "index" .index "replicas" (int .replicas) -}}
{{- $_ := set $own "storage" (dict "store" "elasticsearch" "elasticsearch" $store) -}}
{{- end -}}
{{- end -}}
{{- mergeOverwrite (deepCopy .Values.config) $own | toYaml -}}
{{- end -}}

{{/*
One pod template for every role. Takes a dict: root (the chart's scope), role (a name for labels), roles (what it
deploys), values (resources and placement), and data (whether a volume named "data" is there).
*/}}
{{- define "lookout.pod" -}}
{{- $root := .root -}}
metadata:
  labels:
    {{- include "lookout.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .role }}
  annotations:
    checksum/config: {{ printf "%s%s" (include "lookout.config" $root) (toYaml $root.Values.scrapeConfigs) | sha256sum }}
    {{- with $root.Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "lookout.serviceAccount" $root }}
  automountServiceAccountToken: {{ and (contains "ingest" .roles) (not (empty $root.Values.scrapeConfigs)) }}
  enableServiceLinks: false
  # More than http.stop.delay and twice node.stop.timeout.
  terminationGracePeriodSeconds: 150
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: lookout
      image: "{{ $root.Values.image.repository }}:{{ default $root.Chart.AppVersion $root.Values.image.tag }}"
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      args:
        - run
        - --config=/etc/lookout/lookout.yaml
        - --listen=0.0.0.0:9090
        - --data=/data
        - --roles={{ .roles }}
      env:
        - name: LOOKOUT_JAVA_OPTS
          value: {{ $root.Values.javaOptions | quote }}
        {{- if eq $root.Values.mode "roles" }}
        - name: LOOKOUT_CLUSTER_NODE
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
        - name: POD_IP
          valueFrom:
            fieldRef:
              fieldPath: status.podIP
        - name: LOOKOUT_CLUSTER_LISTEN
          value: $(POD_IP):5701
        {{- end }}
      {{- with $root.Values.secretName }}
      envFrom:
        - secretRef:
            name: {{ . }}
      {{- end }}
      ports:
        - name: http
          containerPort: 9090
        - name: gateway
          containerPort: 7200
        {{- if eq $root.Values.mode "roles" }}
        - name: cluster
          containerPort: 5701
        - name: bus
          containerPort: 5702
        {{- end }}
      # Healthy as soon as it listens, ready when the write-ahead log has been replayed, which may take an hour.
      startupProbe:
        httpGet:
          path: /-/healthy
          port: http
        periodSeconds: 2
        failureThreshold: 1800
      readinessProbe:
        httpGet:
          path: /-/ready
          port: http
        periodSeconds: 5
      livenessProbe:
        httpGet:
          path: /-/healthy
          port: http
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      {{- with .values.resources }}
      resources:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      volumeMounts:
        - name: config
          mountPath: /etc/lookout
          readOnly: true
        - name: data
          mountPath: /data
        - name: tmp
          mountPath: /tmp
  volumes:
    - name: config
      configMap:
        name: {{ include "lookout.fullname" $root }}
    - name: tmp
      emptyDir: {}
    {{- if not .data }}
    - name: data
      emptyDir: {}
    {{- end }}
  {{- with .values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "lookout.volumeClaim" -}}
- metadata:
    name: data
  spec:
    accessModes: [ReadWriteOnce]
    {{- with .storageClass }}
    storageClassName: {{ . }}
    {{- end }}
    resources:
      requests:
        storage: {{ .size }}
{{- end -}}
