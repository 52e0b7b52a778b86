/// The text format of Prometheus, version 0.0.4.
enum PrometheusText {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// A legal metric name: dots and the like become underscores.
    static func name(_ label: String) -> String {
        let name = String(label.unicodeScalars.map { isNameScalar($0) ? Character($0) : "_" })
        guard let first = name.utf8.first, first >= 0x30, first <= 0x39 else { return name.isEmpty ? "_" : name }
        return "_" + name
    }

    private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", ":": true
        default: false
        }
    }

    /// `{a="b",c="d"}`, sorted, so that the same labels are the same series.
    static func labels(_ dimensions: [(String, String)]) -> String {
        guard !dimensions.isEmpty else { return "" }
        let pairs = dimensions.sorted { $0.0 < $1.0 }.map { key, value in
            let value = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(name(key).replacing(":", with: "_"))=\"\(value)\""
        }
        return "{\(pairs.joined(separator: ","))}"
    }

    static func number(_ value: Double) -> String {
        if value == .infinity { return "+Inf" }
        if value == -.infinity { return "-Inf" }
        if value.isNaN { return "NaN" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return "\(value)"
    }

    static func print(_ all: [PrometheusRegistry.Series: PrometheusRegistry.Instrument]) -> String {
        var text = ""
        var last = ""
        let sorted = all.sorted { ($0.key.name, $0.key.labels) < ($1.key.name, $1.key.labels) }
        for (series, instrument) in sorted {
            if series.name != last {
                text += "# TYPE \(series.name) \(kind(instrument))\n"
                last = series.name
            }
            switch instrument {
            case .counter(let counter): text += "\(series.name)\(series.labels) \(number(counter.value))\n"
            case .gauge(let gauge): text += "\(series.name)\(series.labels) \(number(gauge.value))\n"
            case .histogram(let histogram): print(histogram, series, into: &text)
            }
        }
        return text
    }

    private static func kind(_ instrument: PrometheusRegistry.Instrument) -> String {
        switch instrument {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }

    private static func print(
        _ histogram: PrometheusHistogram, _ series: PrometheusRegistry.Series, into text: inout String
    ) {
        let snapshot = histogram.snapshot
        var running: UInt64 = 0
        for (limit, count) in zip(histogram.limits + [.infinity], snapshot.buckets) {
            running += count
            let le = "le=\"\(number(limit))\""
            let labels = series.labels.isEmpty ? "{\(le)}" : "\(series.labels.dropLast()),\(le)}"
            text += "\(series.name)_bucket\(labels) \(running)\n"
        }
        text += "\(series.name)_sum\(series.labels) \(number(snapshot.sum))\n"
        text += "\(series.name)_count\(series.labels) \(snapshot.count)\n"
    }
}

extension PrometheusRegistry {
    /// Everything as Prometheus text.
    public var text: String { PrometheusText.print(all) }
}
