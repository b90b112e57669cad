"""The style sheet, generated from the colour roles, the text scale and the icons. Pure: same input, same text.

Widgets choose a look by dynamic properties: `kind` of a button (primary, quiet, danger, link), `role` of a label
(display, title, heading, muted, caption, badge...), `surface` of a frame (card, rail, bar, toast, sunken, warning).
"""

from __future__ import annotations

from collections.abc import Callable

from deepstudio.ui.theme_roles import RADIUS, Roles

IconUrl = Callable[[str, str], str]
"""(icon name, colour) to the path for url(...)."""


def style_sheet(roles: Roles, *, scale: float, icon_url: IconUrl) -> str:
    """Return the whole style sheet."""
    parts = (_base, _labels, _buttons, _fields, _choices, _lists, _menus, _bars, _frames)
    return "\n".join(part(roles, scale, icon_url) for part in parts)


def _base(r: Roles, scale: float, icon_url: IconUrl) -> str:
    return f"""
QWidget {{ color: {r.text}; outline: none; selection-background-color: {r.accent}; selection-color: {r.on_accent}; }}
QMainWindow, QDialog {{ background: {r.window}; }}
QToolTip {{ background: {r.surface_raised}; color: {r.text}; border: 1px solid {r.border_strong}; padding: 6px 8px; }}
QScrollArea, QScrollArea > QWidget > QWidget#content, QStackedWidget {{ background: transparent; border: none; }}
QSplitter::handle {{ background: transparent; }}
QSplitter::handle:hover {{ background: {r.accent_soft}; }}
QMainWindow::separator {{ background: {r.border}; width: 1px; height: 1px; }}
QMainWindow::separator:hover {{ background: {r.accent}; }}
"""


def _labels(r: Roles, scale: float, icon_url: IconUrl) -> str:
    def px(size: float) -> str:
        return f"{round(size * scale)}px"

    return f"""
QLabel {{ background: transparent; }}
QLabel:disabled {{ color: {r.text_faint}; }}
QLabel[role="display"] {{ font-size: {px(26)}; font-weight: 600; }}
QLabel[role="title"] {{ font-size: {px(19)}; font-weight: 600; }}
QLabel[role="heading"] {{ font-size: {px(14.5)}; font-weight: 600; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="muted"] {{ color: {r.text_muted}; }}
QLabel[role="caption"] {{ color: {r.text_muted}; font-size: {px(12)}; }}
QLabel[role="faint"] {{ color: {r.text_faint}; font-size: {px(12)}; }}
QLabel[role="section"] {{ color: {r.text_muted}; font-size: {px(11.5)}; font-weight: 600; letter-spacing: 0.4px; }}
QLabel[role="error"] {{ color: {r.danger}; }}
QLabel[role="warning"] {{ color: {r.warning}; }}
QLabel[role="success"] {{ color: {r.success}; }}
QLabel[role="accent"] {{ color: {r.accent_text}; font-weight: 600; }}
QLabel[role="mono"] {{ font-family: "Cascadia Mono", "SF Mono", "Menlo", "Noto Sans Mono", "DejaVu Sans Mono"; }}
QLabel[role="badge"] {{ background: {r.surface_sunken}; color: {r.text_muted}; border: 1px solid {r.border};
  border-radius: 6px; padding: 1px 7px; font-size: {px(11.5)}; font-weight: 500; }}
QLabel[role="badge-accent"] {{ background: {r.accent_soft}; color: {r.accent_text}; border: 1px solid transparent;
  border-radius: 6px; padding: 1px 7px; font-size: {px(11.5)}; font-weight: 600; }}
QLabel[role="badge-danger"] {{ background: {r.danger_soft}; color: {r.danger}; border: 1px solid transparent;
  border-radius: 6px; padding: 1px 7px; font-size: {px(11.5)}; font-weight: 600; }}
QLabel[role="badge-warning"] {{ background: {r.warning_soft}; color: {r.warning}; border: 1px solid transparent;
  border-radius: 6px; padding: 1px 7px; font-size: {px(11.5)}; font-weight: 600; }}
QLabel[role="keys"] {{ background: {r.surface_sunken}; color: {r.text_muted}; border: 1px solid {r.border};
  border-radius: 5px; padding: 1px 6px; font-size: {px(11.5)}; }}
"""


def _buttons(r: Roles, scale: float, icon_url: IconUrl) -> str:
    return f"""
QPushButton {{ background: {r.surface}; border: 1px solid {r.border_strong}; border-radius: {RADIUS}px;
  padding: 6px 14px; min-height: {round(18 * scale)}px; font-weight: 500; }}
QPushButton:hover {{ background: {r.hover}; }}
QPushButton:pressed, QPushButton:checked {{ background: {r.pressed}; }}
QPushButton:focus {{ border: 2px solid {r.accent}; padding: 5px 13px; }}
QPushButton:disabled {{ color: {r.text_faint}; background: {r.surface_sunken}; border-color: {r.border}; }}
QPushButton::menu-indicator {{ image: url({icon_url("chevron-down", r.text_muted)}); width: 14px; height: 14px;
  subcontrol-position: right center; subcontrol-origin: padding; right: 6px; }}
QPushButton[kind="primary"] {{ background: {r.accent}; color: {r.on_accent}; border-color: {r.accent};
  font-weight: 600; }}
QPushButton[kind="primary"]:hover {{ background: {r.accent_hover}; border-color: {r.accent_hover}; }}
QPushButton[kind="primary"]:pressed {{ background: {r.accent_pressed}; border-color: {r.accent_pressed}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {r.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {r.surface_sunken}; color: {r.text_faint};
  border-color: {r.border}; }}
QPushButton[kind="quiet"] {{ background: transparent; border-color: transparent; padding: 6px 10px; }}
QPushButton[kind="quiet"]:hover {{ background: {r.hover}; }}
QPushButton[kind="quiet"]:pressed, QPushButton[kind="quiet"]:checked {{ background: {r.pressed}; }}
QPushButton[kind="quiet"]:focus {{ border: 2px solid {r.accent}; padding: 5px 9px; }}
QPushButton[kind="danger"] {{ color: {r.danger}; }}
QPushButton[kind="danger"]:hover {{ background: {r.danger_soft}; border-color: {r.danger}; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; color: {r.accent_text};
  padding: 2px 4px; min-height: 0; font-weight: 500; text-align: left; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 1px solid {r.accent}; border-radius: 4px; padding: 2px 4px; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: {RADIUS}px; padding: 5px; }}
QToolButton:hover {{ background: {r.hover}; }}
QToolButton:pressed {{ background: {r.pressed}; }}
QToolButton:checked {{ background: {r.accent_soft}; color: {r.accent_text}; }}
QToolButton:focus {{ border: 2px solid {r.accent}; padding: 4px; }}
QToolButton:disabled {{ color: {r.text_faint}; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton[kind="rail"] {{ padding: 8px 2px; border-radius: 10px; color: {r.text_muted};
  font-size: {round(11.5 * scale)}px; font-weight: 500; }}
QToolButton[kind="rail"]:checked {{ background: {r.selected}; color: {r.accent_text}; font-weight: 600; }}
QToolButton[kind="rail"]:focus {{ border: 2px solid {r.accent}; padding: 7px 1px; }}
"""


def _fields(r: Roles, scale: float, icon_url: IconUrl) -> str:
    height = round(20 * scale)
    chevron = icon_url("chevron-down", r.text_muted)
    up = icon_url("chevron-up", r.text_muted)
    return f"""
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QKeySequenceEdit QLineEdit {{ background: {r.surface};
  border: 1px solid {r.border_strong}; border-radius: {RADIUS}px; padding: 5px 10px; min-height: {height}px; }}
QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QComboBox:hover {{ border-color: {r.text_faint}; }}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {{ border: 2px solid {r.accent};
  padding: 4px 9px; }}
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {{
  background: {r.surface_sunken}; color: {r.text_faint}; border-color: {r.border}; }}
QLineEdit:read-only {{ background: {r.surface_sunken}; }}
QSpinBox QLineEdit, QDoubleSpinBox QLineEdit, QComboBox QLineEdit {{ border: none; background: transparent;
  padding: 0; min-height: 0; }}
QSpinBox QLineEdit, QDoubleSpinBox QLineEdit {{ padding: 0 4px 0 9px; }}
QSpinBox, QDoubleSpinBox {{ padding: 5px 26px 5px 10px; }}
QSpinBox:focus, QDoubleSpinBox:focus {{ padding: 4px 25px 4px 9px; }}
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {{
  subcontrol-origin: border; width: 22px; border: none; background: transparent; margin: 2px 3px; border-radius: 4px; }}
QSpinBox::up-button, QDoubleSpinBox::up-button {{ subcontrol-position: top right; margin-bottom: 0; }}
QSpinBox::down-button, QDoubleSpinBox::down-button {{ subcontrol-position: bottom right; margin-top: 0; }}
QSpinBox::up-button:hover, QDoubleSpinBox::up-button:hover, QSpinBox::down-button:hover,
QDoubleSpinBox::down-button:hover {{ background: {r.hover}; }}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{ image: url({up}); width: 11px; height: 11px; }}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{ image: url({chevron}); width: 11px; height: 11px; }}
QComboBox {{ padding: 5px 28px 5px 10px; }}
QComboBox:focus {{ padding: 4px 27px 4px 9px; }}
QComboBox::drop-down {{ subcontrol-origin: padding; subcontrol-position: center right; width: 26px; border: none; }}
QComboBox::down-arrow {{ image: url({chevron}); width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ background: {r.surface_raised}; border: 1px solid {r.border_strong};
  border-radius: {RADIUS}px; padding: 4px; }}
QComboBox QAbstractItemView::item {{ min-height: {round(28 * scale)}px; padding: 0 8px; border-radius: 6px; }}
QComboBox QAbstractItemView::item:selected {{ background: {r.selected}; color: {r.text}; }}
QPlainTextEdit, QTextEdit, QTextBrowser {{ background: {r.surface}; border: 1px solid {r.border};
  border-radius: {RADIUS}px; padding: 6px; }}
QPlainTextEdit:focus, QTextEdit:focus, QTextBrowser:focus {{ border: 2px solid {r.accent}; padding: 5px; }}
QTextEdit[kind="plain"] {{ background: transparent; border: 2px solid transparent; padding: 0; }}
QTextEdit[kind="plain"]:focus {{ border-color: {r.accent_soft}; padding: 0; }}
"""


def _choices(r: Roles, scale: float, icon_url: IconUrl) -> str:
    return f"""
QCheckBox, QRadioButton {{ background: transparent; spacing: 8px; padding: 3px 2px; border: 1px solid transparent;
  border-radius: 6px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {r.accent}; }}
QCheckBox::indicator, QRadioButton::indicator, QTreeView::indicator {{ width: 16px; height: 16px;
  border: 1px solid {r.border_strong}; border-radius: 5px; background: {r.surface}; }}
QRadioButton::indicator {{ border-radius: 9px; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover, QTreeView::indicator:hover {{ border-color: {r.accent}; }}
QCheckBox::indicator:checked, QTreeView::indicator:checked {{ background: {r.accent}; border-color: {r.accent};
  image: url({icon_url("check", r.on_accent)}); }}
QRadioButton::indicator:checked {{ background: {r.accent}; border-color: {r.accent};
  image: url({icon_url("dot", r.on_accent)}); }}
QCheckBox::indicator:indeterminate {{ background: {r.accent}; border-color: {r.accent};
  image: url({icon_url("minus", r.on_accent)}); }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {r.text_faint}; }}
QSlider {{ min-height: 22px; background: transparent; }}
QSlider::groove:horizontal {{ height: 4px; background: {r.border}; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {r.accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ width: 14px; height: 14px; margin: -6px 0; border-radius: 8px;
  background: {r.surface}; border: 2px solid {r.accent}; }}
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus {{ background: {r.accent_soft}; }}
QSlider:focus {{ border: 1px solid {r.accent}; border-radius: 6px; }}
QSlider:disabled {{ color: {r.text_faint}; }}
QSlider::sub-page:horizontal:disabled {{ background: {r.border_strong}; }}
QSlider::handle:horizontal:disabled {{ border-color: {r.border_strong}; }}
QProgressBar {{ background: {r.surface_sunken}; border: none; border-radius: 3px; min-height: 6px; max-height: 6px;
  text-align: center; }}
QProgressBar::chunk {{ background: {r.accent}; border-radius: 3px; }}
"""


def _lists(r: Roles, scale: float, icon_url: IconUrl) -> str:
    return f"""
QListView, QTreeView, QTableView {{ background: {r.surface}; alternate-background-color: {r.surface_sunken};
  border: 1px solid {r.border}; border-radius: {RADIUS}px; gridline-color: {r.border}; }}
QListView:focus, QTreeView:focus, QTableView:focus {{ border-color: {r.accent}; }}
QListView::item {{ padding: 6px 8px; border-radius: 6px; }}
QTreeView::item, QTableView::item {{ padding: 4px 8px; border: none; min-height: {round(22 * scale)}px; }}
QListView::item:hover, QTreeView::item:hover, QTableView::item:hover {{ background: {r.hover}; }}
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {{ background: {r.selected};
  color: {r.text}; }}
QListView[kind="plain"], QTreeView[kind="plain"], QTableView[kind="plain"] {{ background: transparent;
  border: 1px solid transparent; }}
QListView[kind="plain"]::item {{ border: 2px solid transparent; padding: 4px 6px; }}
QListView[kind="plain"]::item:focus {{ border-color: {r.accent}; }}
QTreeView[kind="plain"]:focus, QTableView[kind="plain"]:focus {{ border-color: {r.accent}; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{ background: {r.surface}; color: {r.text_muted}; border: none;
  border-bottom: 1px solid {r.border}; padding: 7px 8px; font-size: {round(12 * scale)}px; font-weight: 600; }}
QHeaderView::section:hover {{ color: {r.text}; background: {r.hover}; }}
QHeaderView::down-arrow {{ image: url({icon_url("chevron-down", r.text_muted)}); width: 12px; height: 12px; }}
QHeaderView::up-arrow {{ image: url({icon_url("chevron-up", r.text_muted)}); width: 12px; height: 12px; }}
QTableCornerButton::section {{ background: {r.surface}; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {r.border_strong}; border-radius: 3px; }}
QScrollBar::handle:vertical {{ min-height: 32px; margin: 3px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; margin: 3px; }}
QScrollBar::handle:hover {{ background: {r.text_faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
"""


def _menus(r: Roles, scale: float, icon_url: IconUrl) -> str:
    return f"""
QMenuBar {{ background: {r.rail}; padding: 2px 6px; border: none; }}
QMenuBar::item {{ background: transparent; padding: 5px 10px; border-radius: 6px; }}
QMenuBar::item:selected {{ background: {r.hover}; }}
QMenuBar::item:pressed {{ background: {r.pressed}; }}
QMenu {{ background: {r.surface_raised}; border: 1px solid {r.border_strong}; padding: 5px; }}
QMenu::item {{ padding: 6px 28px 6px 10px; border-radius: 6px; min-width: 160px; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::item:selected {{ background: {r.selected}; color: {r.text}; }}
QMenu::item:disabled {{ color: {r.text_faint}; }}
QMenu::separator {{ height: 1px; background: {r.border}; margin: 5px 8px; }}
QMenu::indicator {{ width: 16px; height: 16px; left: 6px; }}
QMenu::indicator:checked {{ image: url({icon_url("check", r.accent_text)}); }}
QMenu::right-arrow {{ image: url({icon_url("chevron-right", r.text_muted)}); width: 14px; height: 14px; }}
"""


def _bars(r: Roles, scale: float, icon_url: IconUrl) -> str:
    return f"""
QTabWidget::pane {{ border: none; background: transparent; }}
QTabBar {{ background: transparent; qproperty-drawBase: 0; }}
QTabBar::tab {{ background: transparent; color: {r.text_muted}; border: 1px solid transparent; border-radius: 7px;
  padding: 6px 12px; margin-right: 4px; font-weight: 500; }}
QTabBar::tab:hover {{ background: {r.hover}; }}
QTabBar::tab:selected {{ background: {r.accent_soft}; color: {r.accent_text}; }}
QTabBar::scroller {{ width: 48px; }}
QTabBar QToolButton {{ border: none; border-radius: 6px; padding: 0; }}
QTabBar QToolButton:hover {{ background: {r.hover}; }}
QTabBar QToolButton::left-arrow {{ image: url({icon_url("chevron-left", r.text_muted)}); width: 14px; height: 14px; }}
QTabBar QToolButton::right-arrow {{ image: url({icon_url("chevron-right", r.text_muted)}); width: 14px;
  height: 14px; }}
QTabBar:focus {{ border: 1px solid {r.accent}; border-radius: {RADIUS}px; }}
QToolBar {{ background: transparent; border: none; spacing: 4px; padding: 0; }}
QDockWidget {{ border: none; }}
QStatusBar {{ background: {r.rail}; border: none; color: {r.text_muted}; }}
QStatusBar::item {{ border: none; }}
QGroupBox {{ border: 1px solid {r.border}; border-radius: 12px; margin-top: {round(22 * scale)}px; padding: 12px;
  background: {r.surface}; }}
QGroupBox::title {{ subcontrol-origin: margin; subcontrol-position: top left; left: 4px; color: {r.text_muted};
  font-weight: 600; }}
"""


def _frames(r: Roles, scale: float, icon_url: IconUrl) -> str:
    return f"""
QFrame[surface="card"] {{ background: {r.surface}; border: 1px solid {r.border}; border-radius: 12px; }}
QFrame[surface="card"][current="true"] {{ border: 2px solid {r.accent}; }}
QFrame[surface="panel"] {{ background: {r.surface}; border: none; }}
QFrame[surface="sunken"] {{ background: {r.surface_sunken}; border: 1px solid {r.border}; border-radius: 10px; }}
QFrame[surface="rail"] {{ background: {r.rail}; border: none; border-right: 1px solid {r.border}; }}
QFrame[surface="bar"] {{ background: {r.window}; border: none; border-bottom: 1px solid {r.border}; }}
QFrame[surface="toast"] {{ background: {r.surface_raised}; border: 1px solid {r.border_strong};
  border-radius: 12px; }}
QFrame[surface="dock"] {{ background: {r.surface}; border: none; border-top: 1px solid {r.border}; }}
QFrame[surface="warning"] {{ background: {r.warning_soft}; border: 1px solid {r.warning}; border-radius: 10px; }}
QFrame[surface="danger"] {{ background: {r.danger_soft}; border: 1px solid {r.danger}; border-radius: 10px; }}
QFrame[surface="accent"] {{ background: {r.accent_soft}; border: 1px solid {r.accent}; border-radius: 10px; }}
QFrame[surface="dropzone"] {{ background: {r.surface}; border: 2px dashed {r.border_strong}; border-radius: 16px; }}
QFrame[surface="dropzone"]:focus {{ border-color: {r.accent}; }}
QFrame[line="true"] {{ background: {r.border}; border: none; max-height: 1px; min-height: 1px; }}
"""
