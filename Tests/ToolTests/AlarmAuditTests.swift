import Contracts
import Foundation
import Governance
import Support
import Testing

@testable import AuditCore

@Suite("The audit's rule about alarms: each planted violation by its name", .serialized)
struct AlarmAuditTests {
    private static func signal(_ alarm: AlarmState?, _ id: UUID, minutes: Int, device: String = "gas-0001") -> Fact {
        var appeal = Samples.appeal(id)
        (appeal.device, appeal.alarm) = (device, alarm)
        appeal.occurredAt = Samples.at + .minutes(minutes)
        return .reportAttached(
            .init(number: Samples.number, appeal: appeal, opening: false, at: Samples.at, basis: Samples.basis))
    }

    private static func cleared(_ from: Int, _ to: Int, device: String = "gas-0001") -> Fact {
        .alarmCleared(
            .init(
                number: Samples.number, device: device, raised: Samples.report, raisedAt: Samples.at + .minutes(from),
                report: Samples.second, clearedAt: Samples.at + .minutes(to), at: Samples.at, basis: Samples.basis))
    }

    private func offences(_ facts: [Fact]) -> [Offence] { AlarmPairs().offences(facts) }

    @Test("alarm.pairs: twice, unknown, by what says no end, of another device, or at another time than was told")
    func pairs() {
        let (raise, end) = (
            Self.signal(.raised, Samples.report, minutes: 0), Self.signal(.cleared, Samples.second, minutes: 21)
        )
        let good = Self.cleared(0, 21)
        #expect(offences([raise, end, good]).isEmpty)
        #expect(offences([Self.signal(nil, Samples.report, minutes: 0), end, good]).isEmpty)
        #expect(offences([raise, end, good, good]).count == 1)
        #expect(offences([raise, good]).count == 1)
        #expect(offences([end, good]).count == 1)
        #expect(offences([raise, Self.signal(.raised, Samples.second, minutes: 21), good]).count == 1)
        #expect(offences([raise, end, Self.cleared(0, 21, device: "gas-0002")]).count == 1)
        #expect(offences([raise, end, Self.cleared(0, 20)]).count == 1)
        let early = Self.signal(.cleared, Samples.second, minutes: -1)
        #expect(offences([raise, early, Self.cleared(0, -1)]).count == 1)
    }

    @Test("alarm.pairs: planted in a log, the audit names it")
    func planted() async throws {
        let scene = try await AuditScene()
        let number = try scene.number(scene.placed)
        let fact = Fact.alarmCleared(
            .init(
                number: number, device: "gas-0001", raised: scene.placed, raisedAt: Samples.at, report: scene.queued,
                clearedAt: Samples.at, at: Samples.at, basis: Samples.basis))
        try scene.plantAnswered([fact], by: .triage)
        #expect(try await scene.failed() == ["alarm.pairs"])
    }
}
