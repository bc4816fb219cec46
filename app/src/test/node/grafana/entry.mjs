// What of Grafana the test uses; bundled, because its packages are made for bundlers.
export { PrometheusDatasource } from '@grafana/prometheus';
export { setBackendSrv, setTemplateSrv } from '@grafana/runtime';
export { dateTime } from '@grafana/data';
export { from } from 'rxjs';
