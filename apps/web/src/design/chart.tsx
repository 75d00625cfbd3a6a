import { ChartColumn, Download, Table2 } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useLocale } from 'react-aria-components/I18nProvider';
import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  Pie,
  PieChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatCompact, formatNumber } from '../language/numbers.js';
import { t } from '../language/t.js';
import { Button } from './button.js';
import { csvOf } from './csv.js';
import { saveFile } from './save-file.js';
import { Table } from './table.js';
import './chart.css';

/** A state, which looks the same wherever it is shown. */
type ChartTone = 'done' | 'underway' | 'open';

export interface ChartSeries {
  readonly key: string;
  readonly label: string;
  /** Without it the colour goes by the place in the list. */
  readonly tone?: ChartTone;
}

export interface ChartRow {
  /** Of the point, the bar or the slice. */
  readonly label: string;
  /** Of a slice. */
  readonly tone?: ChartTone;
  readonly values: Readonly<Record<string, number>>;
}

interface ChartProps {
  readonly kind: 'line' | 'bar' | 'donut';
  readonly title: string;
  /** What the numbers are, in a sentence. */
  readonly lead?: string;
  /** What the labels of the rows are: "Month", "Course". */
  readonly of: string;
  /** A donut shows the first one. */
  readonly series: readonly ChartSeries[];
  readonly rows: readonly ChartRow[];
  readonly format?: (value: number) => string;
  /** Of the file, without its ending. */
  readonly fileName: string;
}

const HEIGHT = 260;
const nameOf = (tone: ChartTone | undefined, index: number): string => tone ?? String((index % 6) + 1);
const paint = (tone: ChartTone | undefined, index: number): string =>
  tone === undefined ? `var(--series-${nameOf(tone, index)})` : `var(--tone-${tone})`;

/** Numbers as a picture, as a table and as a file: the same ones, for whoever reads which. */
export function Chart(props: ChartProps) {
  const { title, lead, of, series, rows, fileName, format = formatNumber } = props;
  const [asTable, setAsTable] = useState(false);
  const titleId = useId();
  const table = (
    <Table
      label={title}
      rows={rows}
      keyOf={({ label }) => label}
      columns={[
        { title: of, cell: ({ label }) => label },
        ...series.map(({ key, label }) => ({
          title: label,
          cell: ({ values }: ChartRow) => format(values[key] ?? 0),
        })),
      ]}
    />
  );
  const save = (): void => {
    const head = [of, ...series.map(({ label }) => label)];
    const body = rows.map(({ label, values }) => [label, ...series.map(({ key }) => values[key] ?? 0)]);
    saveFile(`${fileName}.csv`, csvOf([head, ...body]));
  };
  return (
    <figure className="chart" aria-labelledby={titleId}>
      <figcaption className="chart__head">
        <div className="chart__text">
          <h2 id={titleId} className="chart__title">
            {title}
          </h2>
          {lead !== undefined && <p className="chart__lead">{lead}</p>}
        </div>
        <div className="chart__tools">
          <Button
            look="quiet"
            size="s"
            icon={asTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />}
            onPress={() => {
              setAsTable(!asTable);
            }}
          >
            {asTable ? t('chart.asChart') : t('chart.asTable')}
          </Button>
          <Button
            look="quiet"
            size="s"
            icon={<Download aria-hidden />}
            aria-label={t('chart.saveOf', { title })}
            onPress={save}
          >
            {t('chart.csv')}
          </Button>
        </div>
      </figcaption>
      {asTable ? (
        table
      ) : (
        <>
          <Picture {...props} format={format} />
          <div className="visually-hidden">{table}</div>
        </>
      )}
    </figure>
  );
}

type PictureProps = ChartProps & { readonly format: (value: number) => string };

/** Never read out: the table beside it says the same in words. */
function Picture({ kind, series, rows, format }: PictureProps) {
  const { direction } = useLocale();
  const mirrored = direction === 'rtl';
  const data = rows.map(({ label, values }) => ({ label, ...values }));
  const axes = (
    <>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="label"
        reversed={mirrored}
        tickLine={false}
        axisLine={{ stroke: 'var(--line)' }}
        tick={{ fill: 'var(--ink-faint)', fontSize: 12 }}
        minTickGap={16}
      />
      <YAxis
        orientation={mirrored ? 'right' : 'left'}
        width="auto"
        tickLine={false}
        axisLine={false}
        tick={{ fill: 'var(--ink-faint)', fontSize: 12 }}
        tickFormatter={(value: number) => formatCompact(value)}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: 'var(--hover)', stroke: 'var(--line-control)' }}
        content={({ active, label, payload }) =>
          active && (
            <Tip title={String(label)}>
              {payload.map(({ dataKey, value }) => {
                const index = series.findIndex(({ key }) => key === dataKey);
                return (
                  <Key
                    key={String(dataKey)}
                    name={nameOf(series[index]?.tone, index)}
                    label={series[index]?.label ?? ''}
                  >
                    {format(Number(value))}
                  </Key>
                );
              })}
            </Tip>
          )
        }
      />
    </>
  );
  return (
    <div className="chart__picture" aria-hidden="true" dir="ltr">
      {kind === 'donut' ? (
        <Donut series={series} rows={rows} format={format} />
      ) : (
        <>
          <ResponsiveContainer width="100%" height={HEIGHT}>
            {kind === 'line' ? (
              <LineChart
                data={data}
                accessibilityLayer={false}
                margin={{ top: 8, right: 8, left: 8, bottom: 0 }}
              >
                {axes}
                {series.map(({ key, tone }, index) => (
                  <Line
                    key={key}
                    dataKey={key}
                    type="monotone"
                    stroke={paint(tone, index)}
                    strokeWidth={2.5}
                    dot={rows.length < 20 ? { r: 3, fill: paint(tone, index) } : false}
                    isAnimationActive={false}
                  />
                ))}
              </LineChart>
            ) : (
              <BarChart
                data={data}
                accessibilityLayer={false}
                margin={{ top: 8, right: 8, left: 8, bottom: 0 }}
              >
                {axes}
                {series.map(({ key, tone }, index) => (
                  <Bar
                    key={key}
                    dataKey={key}
                    fill={paint(tone, index)}
                    radius={[4, 4, 0, 0]}
                    maxBarSize={48}
                    isAnimationActive={false}
                  />
                ))}
              </BarChart>
            )}
          </ResponsiveContainer>
          {series.length > 1 && (
            <div className="chart__legend" dir={direction}>
              {series.map(({ key, label, tone }, index) => (
                <Key key={key} name={nameOf(tone, index)} label={label} />
              ))}
            </div>
          )}
        </>
      )}
    </div>
  );
}

function Donut({ series, rows, format }: Pick<PictureProps, 'series' | 'rows' | 'format'>) {
  const { direction } = useLocale();
  const key = series[0]?.key ?? '';
  const data = rows.map(({ label, values, tone }, index) => ({
    ...{ name: label, value: values[key] ?? 0 },
    ...{ paint: nameOf(tone, index), fill: paint(tone, index) },
  }));
  const total = data.reduce((sum, { value }) => sum + value, 0);
  return (
    <div className="chart__donut">
      <div className="chart__ring">
        <ResponsiveContainer width="100%" height={200}>
          <PieChart accessibilityLayer={false}>
            <Pie
              data={data}
              dataKey="value"
              innerRadius="68%"
              outerRadius="100%"
              paddingAngle={1.5}
              rootTabIndex={-1}
              stroke="none"
              isAnimationActive={false}
            />
          </PieChart>
        </ResponsiveContainer>
        <strong className="chart__total">{format(total)}</strong>
      </div>
      <div className="chart__legend chart__legend--list" dir={direction}>
        {data.map(({ name, value, paint: dot }) => (
          <Key key={name} name={dot} label={name}>
            {format(value)}
          </Key>
        ))}
      </div>
    </div>
  );
}

function Tip({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="chart__tip">
      <p className="chart__tip-title">{title}</p>
      {children}
    </div>
  );
}

interface KeyProps {
  /** Of its colour: a tone, or the place in the list. */
  readonly name: string;
  readonly label: string;
  readonly children?: ReactNode;
}

function Key({ name, label, children }: KeyProps) {
  return (
    <p className="chart__key">
      <span className={`chart__dot chart__dot--${name}`} />
      <span>{label}</span>
      {children !== undefined && <strong>{children}</strong>}
    </p>
  );
}
