/// Reads channels.yaml.
struct ChannelsReader {
    let sink: FaultSink
    let functions: [OrgFunction: String]

    func read(_ row: YAMLRow?) -> Channels {
        guard let row else { return Channels([]) }
        row.allow(["channels"])
        var seen: [String: Int] = [:]
        var channels: [Channel] = []
        for entry in row.rows("channels") {
            guard let channel = channel(entry) else { continue }
            if let first = seen[channel.code] {
                entry.fault("code", "信息源「\(channel.code)」重复(另见第 \(first) 行)", fix: "换一个编码")
                continue
            }
            seen[channel.code] = entry.line
            channels.append(channel)
        }
        return Channels(channels)
    }

    /// The clocks that a source may start.
    private static let clocks: [ClockRule] = [.majorNotice, .bellCall, .bellVisit]

    private func channel(_ row: YAMLRow) -> Channel? {
        row.allow(["code", "name", "kind", "trust", "owner", "per_minute", "reporter", "clocks"])
        let code = row.text("code", example: "hotline")
        if let code, YAMLSlug(code) == nil {
            row.fault("code", "信息源编码「\(code)」只能用小写字母、数字和连字符", fix: "例如 hotline、walk-in")
        }
        let name = row.text("name", example: "12345热线")
        let kind = row.choice("kind", ChannelKind.allCases.map { ($0.title, $0) })
        let trust = row.integer("trust", in: 0...100)
        let owner = row.text("owner", example: "center").map(OrgFunction.init)
        if let owner, functions[owner] == nil {
            row.fault("owner", "没有哪个单位登记职能「\(owner)」", fix: "改正拼写,或在 units.yaml 的 functions 里登记它")
        }
        let rate = row.integer("per_minute", in: 1...1_000_000)
        let reporter = row.choice("reporter", [("true", true), ("false", false)])
        let clocks = row.texts("clocks").compactMap { entry -> ClockRule? in
            if let rule = Self.clocks.first(where: { $0.rawValue == entry.text }) { return rule }
            let known = Self.clocks.map(\.rawValue).joined(separator: "、")
            row.fault("clocks", "没有来件时限「\(entry.text)」", fix: "改为:\(known)")
            return nil
        }
        guard let code, let name, let kind, let trust, let owner, let rate, let reporter else { return nil }
        return Channel(
            code: code, name: name, kind: kind, trust: trust, owner: owner, perMinute: rate, hasReporter: reporter,
            clocks: clocks)
    }
}
