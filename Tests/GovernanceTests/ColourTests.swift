import Governance
import Testing

@Suite("Colours and stages")
struct ColourTests {
    @Test("Grey is unknown: it neither lowers a known colour nor counts as one (domain.md row 39)")
    func grey() {
        #expect(Colour.grey.severity == 0)
        #expect(Colour.yellow.raised(to: .grey) == .yellow)
        #expect(Colour.grey.raised(to: .blue) == .blue)
        #expect(Colour.red.isLowered(to: .grey))
        #expect(!Colour.yellow.isLowered(to: .orange))
    }

    @Test("Every stage, role and class has a Chinese title of its own")
    func titles() {
        #expect(Set(Stage.allCases.map(\.title)).count == Stage.allCases.count)
        #expect(Set(Role.allCases.map(\.title)).count == Role.allCases.count)
        #expect(Set(Colour.allCases.map(\.title)).count == 5)
    }

    @Test("A case is open unless it ended or was struck off")
    func open() {
        #expect(
            Stage.allCases.filter { !$0.isOpen } == [.answered, .redirected, .moved, .joined, .struckOff, .withdrawn])
        #expect(!Stage.verified.hasOpenOrder && Stage.verified.isOpen)
    }
}
