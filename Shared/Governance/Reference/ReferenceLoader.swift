/// Reads the files of a folder one after the other and then checks what spans several of them.
struct ReferenceLoader {
    let folder: ReferenceFolder
    let sink: FaultSink

    /// The reference data, or nil when so much is wrong that there is nothing to return; faults are in the sink.
    func load() -> Reference? {
        guard !folder.files.isEmpty else { return nil }
        reportStrangers()
        let places = PlacesReader(sink: sink).read(folder.row("places.yaml", sink: sink))
        let units = UnitsReader(sink: sink, places: places).read(folder.row("units.yaml", sink: sink))
        let items = readCatalogue(functions: units.functionNames)
        let routes = RoutesReader(sink: sink, functions: units.functionNames)
            .read(folder.row("routes.yaml", sink: sink))
        let channels = ChannelsReader(sink: sink, functions: units.functionNames)
            .read(folder.row("channels.yaml", sink: sink))
        let devices = DevicesReader(sink: sink, places: places, units: units, channels: channels)
            .read(folder.row("devices.yaml", sink: sink))
        let mediators = MediatorsReader(sink: sink, places: places, units: units)
            .read(folder.row("mediators.yaml", sink: sink))
        let calendar = readCalendar()
        let models = ModelsReader(sink: sink, places: places, channels: channels)
            .read(folder.row("models.yaml", sink: sink))
        let watched = ScenariosReader(sink: sink, models: models, items: Set(items.map(\.item.code)))
            .read(folder.row("scenarios.yaml", sink: sink))
        findHoles(places: places, units: units, items: items)
        // With faults nothing is returned, so the automaton need not be built.
        guard let routes, sink.faults.isEmpty else { return nil }
        let catalogue = Catalogue(items.map(\.item))
        return Reference(
            version: folder.version, places: places, units: units, catalogue: catalogue, routes: routes,
            channels: channels, devices: devices, mediators: mediators, calendar: calendar,
            risks: RiskRegister(
                models: models.map(\.model), risks: watched.risks, scenarios: watched.scenarios, catalogue: catalogue,
                channels: channels),
            matcher: Matcher(catalogue: catalogue, routes: routes, units: units),
            warnings: ReferenceFaults(sink.warnings).faults)
    }

    private func reportStrangers() {
        let known = [
            "places.yaml", "units.yaml", "routes.yaml", "channels.yaml", "devices.yaml", "mediators.yaml",
            "models.yaml", "scenarios.yaml",
        ]
        for (path, _) in folder.files where !known.contains(path) {
            guard !path.hasPrefix("catalogue/"), !path.hasPrefix("calendar/") else { continue }
            sink.add(path, 0, "不认识的文件", fix: "删去它;可用的有 \(known.joined(separator: "、"))、catalogue/、calendar/")
        }
    }

    private func readCatalogue(functions: [OrgFunction: String]) -> [CatalogueReader.Read] {
        let paths = folder.files.map(\.path).filter { $0.hasPrefix("catalogue/") }
        if paths.isEmpty { sink.add("catalogue", 0, "缺少事项清单", fix: "从示例文件夹复制 catalogue/") }
        var items: [CatalogueReader.Read] = []
        let reader = CatalogueReader(sink: sink, functions: functions)
        for path in paths { items += reader.read(folder.row(path, sink: sink)) }
        var seen: [String: CatalogueReader.Read] = [:]
        for read in items {
            if let first = seen[read.item.code] {
                sink.add(
                    read.file, read.line, "事项编码「\(read.item.code)」重复(另见 \(first.file):\(first.line))",
                    fix: "换一个没有用过的编码")
            }
            seen[read.item.code] = read
        }
        return items
    }

    private func readCalendar() -> WorkCalendar {
        let years = folder.files.filter { $0.path.hasPrefix("calendar/") }
        if years.isEmpty { sink.add("calendar", 0, "缺少放假调休年历", fix: "从示例文件夹复制 calendar/") }
        let (calendar, faults) = WorkCalendar.parse(
            files: years.map { ($0.path, String(decoding: $0.content, as: UTF8.self)) })
        for fault in faults { sink.add(fault.file, fault.line, fault.what, fix: fault.fix) }
        return calendar
    }

    /// A township without a unit for a function that an item needs would leave an order without anybody.
    private func findHoles(places: Places, units: Units, items: [CatalogueReader.Read]) {
        let townships = places.at(.township).filter { $0.validTo == nil }
        var reported = Set<OrgFunction>()
        for read in items {
            for function in [read.item.lead] + read.item.assist where units.functionNames[function] != nil {
                guard !reported.contains(function),
                    let hole = townships.first(where: { units.unit(for: function, at: $0.code) == nil })
                else { continue }
                reported.insert(function)
                sink.add(
                    read.file, read.line,
                    "\(hole.name)(\(hole.code))没有承担「\(units.functionNames[function] ?? function.id)」的单位,事项 \(read.item.code) 无处可派",
                    fix: "在 units.yaml 给该地或其上级的一个单位加上 functions: [\(function)]")
            }
        }
    }
}
