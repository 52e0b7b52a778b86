import Foundation
import Governance
import Yams

/// Reads a matter's YAML; whatever is wrong is told with file, line and fix, all of it at once.
struct MatterFile {
    private let file: String
    private let sink = FaultSink()

    private init(file: String) { self.file = file }

    /// The matters of a folder, in the order in which they begin: the clock never goes back.
    /// - Throws: `ReferenceFaults`, `InputFault` when there is none.
    static func all(in folder: URL) throws -> [(matter: Matter, url: URL)] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
            .filter { $0.hasSuffix(".yaml") }.sorted()
        guard !names.isEmpty else {
            throw InputFault(place: folder.path, detail: "has no NN-name.yaml: give the folder of the matters")
        }
        var faults: [ReferenceFault] = []
        var found: [(Matter, URL)] = []
        for name in names {
            let url = folder.appending(path: name)
            do { found.append((try read(String(contentsOf: url, encoding: .utf8), name: name), url)) } catch {
                guard let all = error as? ReferenceFaults else { throw error }
                faults += all.faults
            }
        }
        guard faults.isEmpty else { throw ReferenceFaults(faults) }
        return found.sorted {
            ($0.0.start?.milliseconds ?? 0, $0.0.name) < ($1.0.start?.milliseconds ?? 0, $1.0.name)
        }
    }

    /// The matter in a text.
    static func read(_ text: String, name: String) throws -> Matter {
        let reader = MatterFile(file: name)
        let matter = reader.matter(text)
        guard reader.sink.faults.isEmpty, let matter else { throw ReferenceFaults(reader.sink.faults) }
        return matter
    }

    private func matter(_ text: String) -> Matter? {
        let node: Node?
        do { node = try compose(yaml: text) } catch {
            sink.add(file, 1, "不是 YAML:\(error)", fix: "按 YAML 语法改正")
            return nil
        }
        guard let node, let row = YAMLRow(node, file: file, sink: sink) else {
            if node == nil { sink.add(file, 1, "文件为空", fix: "写上 title、source、steps、expect") }
            return nil
        }
        row.allow(["title", "source", "invented", "steps", "expect"])
        let title = row.text("title", example: "小程序报充电桩故障")
        _ = row.text("source", example: "domain.md §3.2")
        let steps = row.rows("steps").compactMap(step)
        let labels = steps.compactMap { step in
            switch step.act {
            case .report(let report): report.label
            case .scan(let scan): scan.label
            case .wait, .command: String?.none
            }
        }
        for case (let line, .command(let command)) in steps.map({ ($0.line, $0.act) })
        where !labels.contains(command.label) {
            sink.add(file, line, "没有名为「\(command.label)」的来件", fix: "改为:\(labels.joined(separator: "、"))")
        }
        if case .after = steps.first?.moment {
            sink.add(file, steps.first?.line ?? 1, "第一步要写日期时刻", fix: "写成 at: 2026-03-10 08:02")
        }
        let expected = (row.raw("expect") ?? "").split(whereSeparator: \.isNewline).map(String.init)
        return Matter(
            name: String(file.prefix { $0 != "." }), title: title ?? "", steps: steps, expected: expected)
    }

    private func step(_ row: YAMLRow) -> MatterStep? {
        guard let text = row.text("at", example: "+10m") else { return nil }
        guard let moment = Self.moment(text) else {
            row.fault("at", "「\(text)」不是时刻", fix: "写成 2026-03-10 08:02、2026-03-10 08:02:30 或 +30s、+10m、+24h、+14d")
            return nil
        }
        let act: MatterStep.Act?
        if row.has("report") {
            act = report(row).map(MatterStep.Act.report)
        } else if row.has("scan") {
            act = scan(row).map(MatterStep.Act.scan)
        } else if row.has("do") {
            act = command(row).map(MatterStep.Act.command)
        } else {
            row.allow(["at"])
            act = .wait
        }
        return act.map { MatterStep(moment: moment, act: $0, line: row.line) }
    }

    private static let reportFields = [
        "source", "sourceKey", "place", "address", "title", "text", "contact", "onBehalf", "device",
        "alarm",
    ]

    private func report(_ row: YAMLRow) -> MatterReport? {
        row.allow(["at", "report", "again"] + Self.reportFields)
        guard let label = row.text("report", example: "a"), row.text("source", example: "hotline") != nil,
            row.text("text", example: "诉求正文") != nil
        else { return nil }
        var members = Self.reportFields.compactMap { key in
            row.node(key).map { (key, Self.json($0)) }
        }
        if !row.has("sourceKey") {
            members.append(("sourceKey", Self.quoted("示例-\(file.prefix { $0 != "." })-\(label)")))
        }
        return MatterReport(label: label, body: Self.object(members), again: row.raw("again") == "true")
    }

    private static let scanFields = ["act", "text", "phone", "score"]

    private func scan(_ row: YAMLRow) -> MatterScan? {
        row.allow(["at", "scan", "point", "forged", "refused"] + Self.scanFields)
        guard let label = row.text("scan", example: "a"), let text = row.text("point", example: "410803001004.1"),
            row.text("act", example: "suggest") != nil, row.text("text", example: "建议正文") != nil
        else { return nil }
        guard let point = QRPoint(text) else {
            row.fault("point", "「\(text)」不是点位", fix: "写成 区划编码.序号,如 410803001004.1")
            return nil
        }
        let members = Self.scanFields.compactMap { key in row.node(key).map { (key, Self.json($0)) } }
        return MatterScan(
            label: label, point: point, body: Self.object(members), forged: row.raw("forged") == "true",
            refusal: row.raw("refused"))
    }

    private func command(_ row: YAMLRow) -> MatterCommand? {
        row.allow(["at", "by", "on", "do", "with", "refused"])
        guard let by = row.text("by", example: "unitHead 410803-housing"), let label = row.text("on", example: "a"),
            let name = row.text("do", example: "order.sign")
        else { return nil }
        guard let actor = Self.actor(by) else {
            row.fault("by", "「\(by)」不是角色", fix: "写成 角色 [单位编码或区划编码],如 unitHead 410803-housing、gridWorker 410803001004")
            return nil
        }
        let body = row.node("with").map(Self.json) ?? "{}"
        return MatterCommand(
            actor: actor, label: label, name: name, body: Array(body.utf8), refusal: row.raw("refused"))
    }

    // MARK: Values

    /// `2026-03-10 08:02` or `+10m`.
    static func moment(_ text: String) -> MatterStep.Moment? {
        if text.hasPrefix("+") { return span(text.dropFirst()).map(MatterStep.Moment.after) }
        let full = text.count == 16 ? "\(text):00" : text
        return Instant("\(full)+08:00").map(MatterStep.Moment.at)
    }

    private static func span(_ text: Substring) -> Duration? {
        let seconds = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ seconds[String($0)] }), let count = Int(text.dropLast()), count > 0 else {
            return nil
        }
        return .seconds(count * unit)
    }

    /// Role, then unit, place or both: the person's id is made of them, so that the same words are the same person.
    static func actor(_ text: String) -> Actor? {
        var words = text.split(separator: " ").map(String.init)
        guard !words.isEmpty, let role = Role(rawValue: words.removeFirst()), role != .system else { return nil }
        var actor = Actor(subject: text.replacingOccurrences(of: " ", with: "@"), name: role.title, role: role)
        for word in words {
            if let place = PlaceCode(word) {
                actor.place = place
            } else if word.contains("-"), let unit = UnitCode(word) {
                actor.unit = unit
            } else {
                actor.name = word
            }
        }
        return actor
    }

    /// A node as JSON: quoted scalars are texts, plain ones what they look like.
    static func json(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar):
            let plain = scalar.style == .any || scalar.style == .plain
            guard plain else { return quoted(scalar.string) }
            if ["true", "false", "null"].contains(scalar.string) || Int(scalar.string) != nil { return scalar.string }
            return quoted(scalar.string)
        case .sequence(let list): return "[" + list.map(json).joined(separator: ",") + "]"
        case .mapping(let mapping):
            return String(decoding: object(mapping.map { ($0.key.string ?? "", json($0.value)) }), as: UTF8.self)
        case .alias: return "null"
        }
    }

    private static func object(_ members: [(String, String)]) -> [UInt8] {
        Array(("{" + members.map { "\(quoted($0.0)):\($0.1)" }.joined(separator: ",") + "}").utf8)
    }

    private static func quoted(_ text: String) -> String {
        (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}
