using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Formats;

public sealed class LuminosityMaskFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_mask_of_CMS_is_read() =>
        Read("{\"315257\": [[1, 88], [91, 92]],\n \"315259\": [[1, 172]], \"315260\": []}")
            .ShouldBe([new LumiRange(315257, 1, 88), new LumiRange(315257, 91, 92), new LumiRange(315259, 1, 172)]);

    [Fact]
    public void A_Good_Runs_List_of_ATLAS_is_read_without_its_DTD() =>
        Read("""
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE LumiRangeCollection SYSTEM "http://nowhere.invalid/LumiRangeCollection.dtd">
            <LumiRangeCollection>
              <NamedLumiRange>
                <Name>PHYS_StandardGRL_All_Good</Name>
                <Metadata Name="RunList">276262,276329</Metadata>
                <LumiBlockCollection>
                  <Run PromptReco="true" CosmicsReco="true">276262</Run>
                  <LBRange Start="65" End="71"/>
                  <LBRange Start="73" End="92"/>
                </LumiBlockCollection>
                <LumiBlockCollection>
                  <Run>276329</Run>
                  <LBRange Start="1" End="4294967295"/>
                </LumiBlockCollection>
              </NamedLumiRange>
            </LumiRangeCollection>
            """).ShouldBe([new LumiRange(276262, 65, 71), new LumiRange(276262, 73, 92), new LumiRange(276329, 1, 4_294_967_295)]);

    [Theory]
    [InlineData("{}", "no certified luminosity section")]
    [InlineData("[]", "Array where an object of runs should be")]
    [InlineData("{\"run A\": [[1, 2]]}", "'run A' where a run number should be")]
    [InlineData("{\"315257\": [1, 88]}", "run 315257: 1 where [first section, last section] should be")]
    [InlineData("{\"315257\": [[1, 88, 90]]}", "run 315257: [1, 88, 90] where")]
    [InlineData("{\"315257\": [[1, 8.5]]}", "run 315257: 8.5 where")]
    [InlineData("{\"315257\": [[88, 1]]}", "run 315257: a range from 88 to 1")]
    [InlineData("{\"315257\": [[1, 88]", "(3)")]
    [InlineData("", "(1)")]
    [InlineData("<LumiRangeCollection/>", "no certified luminosity section")]
    [InlineData("<a><LumiBlockCollection><LBRange Start='1' End='2'/></LumiBlockCollection></a>", "'nothing' as Run")]
    [InlineData("<a><LumiBlockCollection><Run>5</Run><LBRange Start='x' End='2'/></LumiBlockCollection></a>", "'x' as Start of LBRange")]
    [InlineData("<a>", "a")]
    public void What_is_no_mask_is_refused_by_its_place(string text, string found)
    {
        StepFailed refused = Should.Throw<StepFailed>(() => Read(text));

        refused.Message.ShouldContain("good.json");
        refused.Message.ShouldContain("is not a luminosity mask");
        if (!found.StartsWith('(')) refused.Text.Facts.Select(fact => fact.Value).ShouldContain(value => value.Contains(found));
    }

    private IReadOnlyList<LumiRange> Read(string text)
    {
        string file = _folder.At("good.json");
        File.WriteAllText(file, text);
        using LuminosityMaskFile mask = LuminosityMaskFile.Open(new ProductInput(file));
        return mask.Ranges;
    }
}
