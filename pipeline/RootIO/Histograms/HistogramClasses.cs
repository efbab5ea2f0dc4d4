namespace TauPipeline.RootIO;

/// <summary>
/// The classes of histograms and graphs as ROOT 6.24 describes them: what is written, and what is read where a file does not describe
/// its classes. Checksums are those of the public test files; the two of graphs with errors follow from ROOT's rule (a hash of names
/// and types), which gives those of all others in this table that it was tried on.
/// </summary>
internal static class HistogramClasses
{
    private const string Table = """
        THashList|0|3430828481
          Base|TList|0|0|BASE|5
        TAttAxis|4|1550843710
          BasicType|fNdivisions|3|4|int
          BasicType|fAxisColor|2|2|short
          BasicType|fLabelColor|2|2|short
          BasicType|fLabelFont|2|2|short
          BasicType|fLabelOffset|5|4|float
          BasicType|fLabelSize|5|4|float
          BasicType|fTickLength|5|4|float
          BasicType|fTitleOffset|5|4|float
          BasicType|fTitleSize|5|4|float
          BasicType|fTitleColor|2|2|short
          BasicType|fTitleFont|2|2|short
        TAxis|10|1514761840
          Base|TNamed|67|0|BASE|1
          Base|TAttAxis|0|0|BASE|4
          BasicType|fNbins|3|4|int
          BasicType|fXmin|8|8|double
          BasicType|fXmax|8|8|double
          ObjectAny|fXbins|62|24|TArrayD
          BasicType|fFirst|3|4|int
          BasicType|fLast|3|4|int
          BasicType|fBits2|12|2|unsigned short
          BasicType|fTimeDisplay|18|1|bool
          String|fTimeFormat|65|24|TString
          ObjectPointer|fLabels|64|8|THashList*
          ObjectPointer|fModLabs|64|8|TList*
        TH1|8|473383108
          Base|TNamed|67|0|BASE|1
          Base|TAttLine|0|0|BASE|2
          Base|TAttFill|0|0|BASE|2
          Base|TAttMarker|0|0|BASE|2
          BasicType|fNcells|3|4|int
          Object|fXaxis|61|216|TAxis
          Object|fYaxis|61|216|TAxis
          Object|fZaxis|61|216|TAxis
          BasicType|fBarOffset|2|2|short
          BasicType|fBarWidth|2|2|short
          BasicType|fEntries|8|8|double
          BasicType|fTsumw|8|8|double
          BasicType|fTsumw2|8|8|double
          BasicType|fTsumwx|8|8|double
          BasicType|fTsumwx2|8|8|double
          BasicType|fMaximum|8|8|double
          BasicType|fMinimum|8|8|double
          BasicType|fNormFactor|8|8|double
          ObjectAny|fContour|62|24|TArrayD
          ObjectAny|fSumw2|62|24|TArrayD
          String|fOption|65|24|TString
          ObjectPointer|fFunctions|63|8|TList*||->
          BasicType|fBufferSize|6|4|int
          BasicPointer|fBuffer|48|8|double*|8,fBufferSize,TH1|[fBufferSize]
          BasicType|fBinStatErrOpt|3|4|TH1::EBinErrorOpt
          BasicType|fStatOverflows|3|4|TH1::EStatOverflows
        TH1F|3|3801323076
          Base|TH1|0|0|BASE|8
          Base|TArrayF|0|0|BASE|1
        TH1D|3|4189148831
          Base|TH1|0|0|BASE|8
          Base|TArrayD|0|0|BASE|1
        TH2|5|25310335
          Base|TH1|0|0|BASE|8
          BasicType|fScalefactor|8|8|double
          BasicType|fTsumwy|8|8|double
          BasicType|fTsumwy2|8|8|double
          BasicType|fTsumwxy|8|8|double
        TH2F|4|1755103893
          Base|TH2|0|0|BASE|5
          Base|TArrayF|0|0|BASE|1
        TH2D|4|2142929648
          Base|TH2|0|0|BASE|5
          Base|TArrayD|0|0|BASE|1
        TProfile|7|1273884244
          Base|TH1D|0|0|BASE|3
          ObjectAny|fBinEntries|62|24|TArrayD
          BasicType|fErrorMode|3|4|EErrorType
          BasicType|fYmin|8|8|double
          BasicType|fYmax|8|8|double
          BasicType|fTsumwy|8|8|double
          BasicType|fTsumwy2|8|8|double
          ObjectAny|fBinSumw2|62|24|TArrayD
        TGraph|4|100136037
          Base|TNamed|67|0|BASE|1
          Base|TAttLine|0|0|BASE|2
          Base|TAttFill|0|0|BASE|2
          Base|TAttMarker|0|0|BASE|2
          BasicType|fNpoints|6|4|int
          BasicPointer|fX|48|8|double*|4,fNpoints,TGraph|[fNpoints]
          BasicPointer|fY|48|8|double*|4,fNpoints,TGraph|[fNpoints]
          ObjectPointer|fFunctions|64|8|TList*
          ObjectPointer|fHistogram|64|8|TH1F*
          BasicType|fMinimum|8|8|double
          BasicType|fMaximum|8|8|double
        TGraphErrors|3|712827663
          Base|TGraph|0|0|BASE|4
          BasicPointer|fEX|48|8|double*|3,fNpoints,TGraph|[fNpoints]
          BasicPointer|fEY|48|8|double*|3,fNpoints,TGraph|[fNpoints]
        TGraphAsymmErrors|3|3427184443
          Base|TGraph|0|0|BASE|4
          BasicPointer|fEXlow|48|8|double*|3,fNpoints,TGraph|[fNpoints]
          BasicPointer|fEXhigh|48|8|double*|3,fNpoints,TGraph|[fNpoints]
          BasicPointer|fEYlow|48|8|double*|3,fNpoints,TGraph|[fNpoints]
          BasicPointer|fEYhigh|48|8|double*|3,fNpoints,TGraph|[fNpoints]
        """;

    /// <summary>All of them, in the order they are written.</summary>
    public static List<StreamerInfo> All() => KnownClasses.Parse(Table);
}
