import type { ThemeConfig } from 'antd'

/** The tokens of `ui/tokens.css`, for the office's components: one place for colours, whoever draws with them. */
export function officeTheme(page: Document): ThemeConfig {
  const style = getComputedStyle(page.documentElement)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const [ink, soft, sheet, line] = [token('ink'), token('ink-soft'), token('sheet'), token('line')]
  const persimmon = token('persimmon')
  return {
    hashed: false,
    token: {
      colorPrimary: persimmon,
      // Lighter under a hand, as the library has it, is too weak behind words.
      colorPrimaryHover: persimmon,
      colorInfo: token('amber'),
      colorLink: persimmon,
      colorSuccess: token('bamboo'),
      colorWarning: token('amber'),
      colorError: token('stop'),
      colorErrorText: token('stop'),
      colorSuccessBg: token('paid-wash'),
      colorSuccessBorder: token('art-celadon'),
      colorWarningBg: token('wait-wash'),
      colorWarningBorder: token('art-amber'),
      colorInfoBg: token('wait-wash'),
      colorInfoBorder: token('art-amber'),
      colorErrorBg: token('stop-wash'),
      colorErrorBorder: token('art-persimmon-light'),
      colorTextBase: ink,
      colorBgBase: sheet,
      colorText: ink,
      colorTextSecondary: soft,
      colorTextTertiary: soft,
      colorTextQuaternary: soft,
      colorTextDisabled: soft,
      colorTextPlaceholder: soft,
      colorTextHeading: ink,
      colorTextLabel: soft,
      colorTextDescription: soft,
      colorIcon: soft,
      colorBgLayout: token('paper'),
      colorBgContainer: sheet,
      colorBgElevated: sheet,
      colorBgContainerDisabled: token('paper'),
      colorBgMask: 'rgb(43 36 32 / 45%)',
      colorBorder: token('line-strong'),
      colorBorderSecondary: line,
      colorSplit: line,
      controlItemBgActive: token('wait-wash'),
      controlItemBgHover: token('paper'),
      fontFamily: token('font'),
      fontSize: 18,
      fontSizeSM: 16,
      fontSizeLG: 20,
      fontSizeXL: 24,
      fontSizeHeading1: 34,
      fontSizeHeading2: 28,
      fontSizeHeading3: 24,
      fontSizeHeading4: 20,
      lineHeight: 1.35,
      controlHeight: 46,
      controlHeightSM: 44,
      controlHeightLG: 60,
      borderRadius: 12,
      borderRadiusLG: 16,
      borderRadiusSM: 10,
      controlOutline: 'rgb(221 107 44 / 25%)',
      motion: false,
    },
    components: componentTokens(token),
  }
}

/** Where a component's own default does not follow from the tokens above. */
function componentTokens(token: (name: string) => string): NonNullable<ThemeConfig['components']> {
  return {
    Button: {
      fontWeight: 600,
      defaultShadow: 'none',
      primaryShadow: 'none',
      dangerShadow: 'none',
      // A hand over a key changes its edge alone: the accent is too weak for words.
      defaultHoverColor: token('ink'),
      defaultActiveColor: token('ink'),
    },
    Table: {
      headerBg: token('paper-deep'),
      headerColor: token('ink-soft'),
      headerSplitColor: 'transparent',
      rowHoverBg: token('paper'),
      rowSelectedBg: token('wait-wash'),
      rowSelectedHoverBg: token('wait-wash'),
      cellPaddingBlock: 8,
      cellPaddingInline: 14,
      borderColor: token('line'),
    },
    Modal: { titleFontSize: 26 },
    Tag: { defaultBg: token('paper-deep'), defaultColor: token('ink') },
    Segmented: {
      trackPadding: 1,
      trackBg: token('paper-deep'),
      itemSelectedBg: token('sheet'),
      itemColor: token('ink-soft'),
    },
    Tabs: { titleFontSize: 20 },
    Form: { labelColor: token('ink-soft'), itemMarginBottom: 16 },
    Switch: {
      colorPrimary: token('bamboo'),
      colorPrimaryHover: token('bamboo'),
      trackHeight: 34,
      trackMinWidth: 68,
      handleSize: 28,
    },
    Descriptions: { labelBg: token('paper') },
  }
}
