// What a dashboard's JSON must be: Grafana's own types, with the options of each kind of panel that
// is used. check-types puts each file's JSON behind `const dashboard: WrittenDashboard =`.
import type { Dashboard, FieldConfigSource, Panel, RowPanel, VariableModel } from '@grafana/schema';
import type * as bargauge from './node_modules/@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import type * as stat from './node_modules/@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as statetimeline from './node_modules/@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type * as table from './node_modules/@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as timeseries from './node_modules/@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

/** JSON holds an enum's text, which TypeScript does not take for the enum. */
type Written<T> = T extends string
  ? `${T}`
  : T extends (infer Item)[]
    ? Written<Item>[]
    : T extends object
      ? { [Key in keyof T]: Written<T[Key]> }
      : T;

/** Without the `[key: string]: unknown` that would let every misspelt field pass. */
type Known<T> = {
  [Key in keyof T as string extends Key ? never : number extends Key ? never : Key]: T[Key];
};

interface PrometheusTarget {
  refId: string;
  datasource: { type: 'prometheus'; uid: '${datasource}' };
  editorMode: 'code';
  expr: string;
  legendFormat: string;
  format: 'time_series' | 'table' | 'heatmap';
  range: boolean;
  instant: boolean;
}

// Every panel says what it shows, in which unit, and from which data source.
type PanelOf<Type extends string, Options, Custom = Record<string, never>> = Omit<
  Known<Panel>,
  'type' | 'id' | 'title' | 'description' | 'gridPos' | 'datasource' | 'targets' | 'options' | 'fieldConfig'
> & {
  type: Type;
  id: number;
  title: string;
  description: string;
  gridPos: NonNullable<Panel['gridPos']>;
  datasource: PrometheusTarget['datasource'];
  targets: PrometheusTarget[];
  options: Options;
  fieldConfig: FieldConfigSource<Custom> & { defaults: { unit: string } };
};

type KnownPanel =
  | PanelOf<'timeseries', timeseries.Options, timeseries.FieldConfig>
  | PanelOf<'stat', stat.Options>
  | PanelOf<'bargauge', bargauge.Options>
  | PanelOf<'state-timeline', statetimeline.Options, statetimeline.FieldConfig>
  | PanelOf<'table', table.Options, table.FieldConfig>
  | RowPanel;

export type WrittenDashboard = Written<
  Omit<Known<Dashboard>, 'panels' | 'templating'> & {
    uid: string;
    title: string;
    description: string;
    templating: { list: Known<VariableModel>[] };
    panels: KnownPanel[];
  }
>;
